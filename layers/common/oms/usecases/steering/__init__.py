"""Steer sourcing: versions of rules, their life, what they would decide."""
