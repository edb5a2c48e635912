"""Stock of one SKU at one node, its movements, what can be promised from it."""
