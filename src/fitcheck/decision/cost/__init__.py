"""What closing takes, and whether the deal is worth it."""
