"""What would change the verdict, and how sure it is."""
