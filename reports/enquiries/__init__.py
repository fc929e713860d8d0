"""A councillor's question: one number of one group, safe beside everything published."""
