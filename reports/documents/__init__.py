"""The published document, and what can be said of it from itself."""
