"""One question in many editions: other languages, recordings, and how each edition speaks."""
