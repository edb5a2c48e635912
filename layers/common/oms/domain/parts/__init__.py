"""Fulfilment orders: what a node does with its units of an order."""
