"""Reports that put prospects side by side."""
