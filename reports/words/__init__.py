"""How things are said and written down: sentences about numbers, easy lines, addresses, facts."""
