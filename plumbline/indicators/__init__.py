"""Child-level data and the figures counted from it."""
