"""Nodes at work: whether they take orders just now."""
