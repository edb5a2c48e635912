"""Stock that is low, out or too much."""
