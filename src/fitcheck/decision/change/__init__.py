"""What would change the verdict, and how firm it is."""
