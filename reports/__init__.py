"""Everything that shows a number or a line to somebody."""
