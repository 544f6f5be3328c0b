"""Reports on several people's answers."""
