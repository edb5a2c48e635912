"""Count sessions: planned, assigned, counted, reviewed, posted to stock once."""
