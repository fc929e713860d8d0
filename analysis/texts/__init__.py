"""Answers as texts: documents, their clauses, copies of one another, and what is set aside."""
