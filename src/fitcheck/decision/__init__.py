"""The core: pure, deterministic, standard library only. No verdict depends on a float."""
