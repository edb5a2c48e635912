"""History sourced again by other rules, and what would have been different."""
