"""The JSON documents that readers may rely on, each declared once, as a pydantic model."""
