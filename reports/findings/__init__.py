"""What people answered: tables, charts and sentences of the questions with fixed answers."""
