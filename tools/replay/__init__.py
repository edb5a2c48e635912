"""`make replay`: past orders sourced again by other rules, compared in a report."""
