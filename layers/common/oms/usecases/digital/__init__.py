"""Deliver what nobody carries, and keep the codes that it takes."""
