"""Tables: read strictly, matched, scored row by row, written."""
