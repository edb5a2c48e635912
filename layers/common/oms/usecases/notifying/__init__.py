"""Write to customers, and to drop-shippers."""
