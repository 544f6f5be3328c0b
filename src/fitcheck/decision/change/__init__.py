"""What would turn the verdict, and how firm it is."""
