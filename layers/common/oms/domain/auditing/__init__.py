"""What must be true of orders and stock at every moment (domain 3.10)."""
