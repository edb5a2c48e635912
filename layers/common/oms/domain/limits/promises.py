"""Limits of the watch over promises."""

from .aws import TRANSACT_ACTIONS

MAX_LANE_MARGINS = 1_000  # carrier lanes that are late too often: one object, read with the rest
MAX_AWAITED_PARTS = 50  # in one list of parts that are to be there on a day
MAX_ARRIVALS = 5_000  # parts that one run of the watch looks at; the next run takes the rest

assert 2 * MAX_AWAITED_PARTS <= TRANSACT_ACTIONS, "lists of parts, and what came of each part"
