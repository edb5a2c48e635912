"""The order: what was agreed, where it stands, who holds which units."""
