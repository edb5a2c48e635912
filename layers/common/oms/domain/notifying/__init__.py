"""What customers are told, and when."""
