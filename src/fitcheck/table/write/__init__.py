"""Scored and rejected rows, written in every format."""
