"""Changes of an order that was placed: what is asked for, and what of it can be done."""
