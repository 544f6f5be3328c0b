"""Proof that content behaves: worked cases, what they leave untouched, lint, and verdicts that move."""
