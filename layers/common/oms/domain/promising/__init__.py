"""Dates: calendars, carriage, promises, delivery options."""
