"""Closing the loop: telling those who asked, and what became of what one person said."""
