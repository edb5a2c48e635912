"""What follows from each event of a noun's life, as data: one row for each event."""
