"""What follows from an order: prices, quantities per state, customer status, cancellation."""
