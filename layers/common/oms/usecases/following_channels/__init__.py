"""Orders that channels sold: taken in, and followed as the channel changes them."""
