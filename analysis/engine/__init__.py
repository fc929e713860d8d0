"""What finds, names and tests themes in vectors and words; knows no answer and no person."""
