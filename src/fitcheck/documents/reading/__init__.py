"""Strict reading of YAML and JSON, with places."""
