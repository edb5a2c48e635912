"""Look for what is not as it must be, and tell it to a human."""
