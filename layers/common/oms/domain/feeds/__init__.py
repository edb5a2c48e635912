"""Files of stock lines: how they are cut into chunks, read line by line, and how far they are."""
