"""Blocks of delimited text by compiled loops: bytes to whole numbers, whole numbers to bytes."""
