"""Measures that show whether asking worked: each with what it means, its value, and its base."""
