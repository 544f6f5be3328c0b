"""The core: pure, deterministic, standard library only. A verdict never touches a float."""
