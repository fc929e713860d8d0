"""Sentence vectors: the English model, the multilingual one, and spelling."""
