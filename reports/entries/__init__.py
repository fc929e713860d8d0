"""Entries from draft through decision, owner and year: what is written and who agreed."""
