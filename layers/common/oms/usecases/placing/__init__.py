"""Quote and accept orders."""
