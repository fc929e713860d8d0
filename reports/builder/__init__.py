"""Putting a report together: which parts, in which order, looked at before anybody else does."""
