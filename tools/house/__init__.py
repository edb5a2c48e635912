"""How easy the code is to read, in figures: `make house`."""
