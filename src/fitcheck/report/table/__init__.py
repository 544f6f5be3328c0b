"""Reports on tables."""
