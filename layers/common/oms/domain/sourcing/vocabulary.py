"""The words of sourcing rules: which fences and criteria there are, what they mean, their units.

`criteria.py` and `fences.py` do what is named here; explanations are written from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# --- fences that always stand -------------------------------------------------------------------

NOT_CHOSEN, OTHER_NETWORK = "NOT_CHOSEN", "OTHER_NETWORK"
METHOD_OFF, OFFLINE, REJECTED_BEFORE = "METHOD_OFF", "OFFLINE", "REJECTED_BEFORE"
NO_STOCK, BELOW_SAFETY, HAZMAT = "NO_STOCK", "BELOW_SAFETY", "HAZMAT"
CAPACITY_FULL, CARRIER_ZONE, CLOSED = "CAPACITY_FULL", "CARRIER_ZONE", "CLOSED"

# --- fences that take a parameter ---------------------------------------------------------------

TAG_MISMATCH, TOO_FAR = "TAG_MISMATCH", "TOO_FAR"
VALUE_LIMIT, PROMISE_MISS = "VALUE_LIMIT", "PROMISE_MISS"

WHY: Mapping[str, str] = {
    NOT_CHOSEN: "the customer chose another store",
    OTHER_NETWORK: "the strategy does not ask this node",
    METHOD_OFF: "the node does not serve this method",
    OFFLINE: "the node takes no new work",
    REJECTED_BEFORE: "the node gave this order back before",
    NO_STOCK: "the node has none of it",
    BELOW_SAFETY: "what the node has is its safety stock",
    HAZMAT: "the node may not handle dangerous goods",
    CAPACITY_FULL: "the node has all the work it can do that day",
    CARRIER_ZONE: "no carrier goes from there to the destination",
    CLOSED: "the node does not work",
    TAG_MISMATCH: "the node lacks a tag that the strategy asks for",
    TOO_FAR: "the node is farther away than the strategy allows",
    VALUE_LIMIT: "the order is worth more than the node may send",
    PROMISE_MISS: "the node cannot keep the date promised",
}

LIMIT, TAGS = "limit", "tags"
# What a fence in a strategy is given: a limit (its unit), or tags.
PARAMETERS: Mapping[str, str] = {
    TAG_MISMATCH: TAGS,
    TOO_FAR: LIMIT,  # km, inclusive
    BELOW_SAFETY: LIMIT,  # units of each SKU that stay at the node, beside its own safety stock
    CAPACITY_FULL: LIMIT,  # percent of the node's capacity; the rest is kept for other strategies
    VALUE_LIMIT: LIMIT,  # minor units, inclusive
    PROMISE_MISS: LIMIT,  # days after the date promised that are borne; 0 is the promise itself
}
MAY_BE_ZERO = frozenset({PROMISE_MISS})


@dataclass(frozen=True, slots=True)
class Measure:
    """`unit` of the value; `more`: the larger value is better."""

    unit: str
    says: str
    more: bool = False


WEIGHTED_SUM = "weighted_sum"
CRITERIA: Mapping[str, Measure] = {
    "distance_km": Measure("km", "distance to the destination"),
    "distance_band": Measure("band", "distance in bands, of 50, 150 and 500 km if it gives none"),
    "transit_days": Measure("days", "days on the way"),
    "delivery_days": Measure("days", "days until it is delivered or ready"),
    "lateness": Measure("days", "days after the date promised"),
    "cost": Measure("minor units", "handling and carriage"),
    "shadow_cost": Measure("minor units", "what the units are worth to later orders"),
    "full_cost": Measure("minor units", "handling, carriage and worth to later orders"),
    "split_count": Measure("parts", "parts it takes at the least when this node serves"),
    "priority": Measure("rank", "the merchant's rank of the node"),
    "load": Measure("permille", "share of the day's capacity that is taken"),
    "stock_depth": Measure("units", "units left after serving", more=True),
    "days_of_cover": Measure("days", "days the stock lasts at the pace it sells", more=True),
    "ageing": Measure("days", "how long the stock has been there", more=True),
    "sales_velocity": Measure("units a week", "what the node sells of it itself"),
    "markdown_risk": Measure(
        "permille", "share of the price that a markdown would take", more=True
    ),
    "reject_rate": Measure("permille", "parts that the node gave back"),
    "co2_g": Measure("g CO2", "emission of the carriage"),
    "abroad": Measure("0 or 1", "the node is in another country than the destination"),
    "coverage": Measure("percent", "share of the units that the node has", more=True),
    WEIGHTED_SUM: Measure("points", "the sum of weighted criteria"),
}
