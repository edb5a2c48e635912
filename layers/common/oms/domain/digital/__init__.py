"""Goods without a body: what is given for a unit that nobody picks."""
