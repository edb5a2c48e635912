"""Accept orders."""
