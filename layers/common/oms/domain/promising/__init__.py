"""Dates: by when a node is ready, a carrier delivers, and how well that was kept."""
