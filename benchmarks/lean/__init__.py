"""A cloud only as large as what a file of stock needs, for volumes that no emulator bears."""
