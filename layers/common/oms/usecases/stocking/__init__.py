"""Receipts and corrections, waiting demand, orphan claims."""
