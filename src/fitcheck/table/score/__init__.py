"""Rows to scores, counts and reject messages."""
