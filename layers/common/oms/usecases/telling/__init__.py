"""Publish changes, write to customers."""
