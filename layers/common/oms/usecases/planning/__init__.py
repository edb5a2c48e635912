"""What may be sold of a SKU, and what to order and to move."""
