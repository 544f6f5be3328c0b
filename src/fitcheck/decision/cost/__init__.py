"""The cost to close, and whether the deal is worth it."""
