"""Tables of the analysis room: proposals and, apart from them, decisions."""
