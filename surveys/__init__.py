"""The asking: questionnaires, answering and answers."""
