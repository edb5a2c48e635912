"""Watch what was promised until it is there, and learn from what came of it."""
