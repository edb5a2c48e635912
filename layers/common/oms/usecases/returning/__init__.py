"""Returns and their refunds."""
