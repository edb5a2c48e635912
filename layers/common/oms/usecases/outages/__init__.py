"""Nodes that stop taking orders, and what they have not accepted."""
