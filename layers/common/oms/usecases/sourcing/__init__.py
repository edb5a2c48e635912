"""Where stock comes from: read what is known, choose a plan, hold what it needs."""
