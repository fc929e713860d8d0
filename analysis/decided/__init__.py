"""What people decide about themes and comments, and counts that follow from it."""
