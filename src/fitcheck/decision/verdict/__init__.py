"""Pursue or not now, for one prospect or a row, and what to ask next."""
