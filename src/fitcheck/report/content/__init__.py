"""Reports on rubrics, cost models and their tests."""
