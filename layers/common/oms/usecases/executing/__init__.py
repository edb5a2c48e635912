"""An order's execution: sourcing, waiting, and what follows from a change."""
