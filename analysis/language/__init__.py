"""The language an answer is in, and the small words of it."""
