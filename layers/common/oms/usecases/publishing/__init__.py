"""Publish committed changes."""
