"""Limits, a file a subject: what is refused at the edge, and why the number holds further in."""
