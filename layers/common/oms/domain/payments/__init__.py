"""Authorisations, captures, refunds, and what they add up to."""
