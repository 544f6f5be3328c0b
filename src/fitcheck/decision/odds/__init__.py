"""Odds that the fit passes with answers missing."""
