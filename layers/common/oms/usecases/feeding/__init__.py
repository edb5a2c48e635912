"""A file of stock lines, from its arrival to the file of what was refused."""
