"""Change an order that was placed."""
