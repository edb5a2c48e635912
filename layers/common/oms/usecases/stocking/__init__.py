"""Stock as nodes report it: receipts, corrections, counts, feeds, expected supply, open cases."""
