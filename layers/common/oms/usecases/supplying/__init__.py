"""Documents of goods on their way: made, moved along, received."""
