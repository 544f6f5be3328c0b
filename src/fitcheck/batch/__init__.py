"""Tables of any length: read, scored row by row, written; every row is scored or rejected with its reason."""
