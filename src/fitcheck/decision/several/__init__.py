"""Several prospects, or several people who scored one."""
