"""From stored answers to documents, with what people decided before any theme is found."""
