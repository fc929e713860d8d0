"""Engage: ask families about SEND, understand what they wrote, show what was done about it."""

__version__ = "0.1.0"
