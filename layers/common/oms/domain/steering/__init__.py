"""Rules that a merchant states, versions and activates; what was decided by them, and why."""
