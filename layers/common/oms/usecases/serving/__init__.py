"""What customers and customer service see and do."""
