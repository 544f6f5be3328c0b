"""Input files, parsed and validated. The only home of yaml and pydantic."""
