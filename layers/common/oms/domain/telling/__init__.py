"""What others are told: events on the bus, messages to customers."""
