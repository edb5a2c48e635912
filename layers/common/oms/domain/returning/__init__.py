"""Goods coming back and the money that goes back for them."""
