"""Learn from the past what sourcing is to count with."""
