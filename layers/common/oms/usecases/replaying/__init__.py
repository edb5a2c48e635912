"""Source past orders again, by other rules."""
