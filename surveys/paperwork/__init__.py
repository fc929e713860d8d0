"""Questionnaires on paper: printed with a code, filled in by hand, keyed in and read twice."""
