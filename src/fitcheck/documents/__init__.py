"""What people write, turned into checked values: yaml and pydantic live here and nowhere else."""
