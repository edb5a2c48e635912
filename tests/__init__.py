"""Tests, by what they need: `make unit` (this process only), `make system` (the local cloud)."""
