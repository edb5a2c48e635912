"""Hold stock for carts."""
