"""What makes a good entry and a good report."""
