"""Stock that a cart holds for a while."""
