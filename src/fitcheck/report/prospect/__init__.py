"""Reports on one prospect."""
