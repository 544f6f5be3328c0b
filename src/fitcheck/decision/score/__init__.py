"""The score, its bounds, gates and reasons."""
