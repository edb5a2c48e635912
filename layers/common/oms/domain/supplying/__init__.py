"""Goods on their way to a node: purchase orders, advance shipping notices, transfers."""
