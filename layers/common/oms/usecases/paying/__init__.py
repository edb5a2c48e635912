"""Take money, let it go, give it back when nothing was delivered."""
