"""Finished values turned into text for people and for programs: one file a format."""
