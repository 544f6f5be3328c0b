"""Tables as they come: lines, records and typed rows, read strictly."""
