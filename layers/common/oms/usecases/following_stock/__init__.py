"""What a change of stock asks for: waiting demand served, shortages settled, orphans released."""
