"""How likely the fit passes where answers are missing."""
