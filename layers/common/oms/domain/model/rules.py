"""Configuration the decisions read: channel policy, carrier services, sourcing rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ..limits.orders import CANCEL_ANSWER_WITHIN_S, EXCLUDE_FOR_S, MAX_ATTEMPTS, MAX_PARTS
from ..limits.preparing import COLLECT_REMINDER_BEFORE_S, COLLECT_WITHIN_S, OFFER_WIDEN_S
from ..limits.sourcing import MAX_CANDIDATES
from .stock_levels import StockAlerts
from .strategy import BY_LINE, BY_QUANTITY, COMMIT_PART, DISTANCE_BAND, Criterion, Limits, Strategy

KEEP, WAIT = "KEEP", "WAIT"
GIFT_CARD, LICENCE_KEY, DOWNLOAD = "GIFT_CARD", "LICENCE_KEY", "DOWNLOAD"
CODED = frozenset({GIFT_CARD, LICENCE_KEY})  # each unit is a code out of the product's pool


@dataclass(frozen=True, slots=True)
class Channel:
    """Policy of one sales channel."""

    id: str
    name: str
    currency: str
    profile: str = "default"  # sourcing rules
    methods: tuple[str, ...] = ("SHIP", "PICKUP")
    services: tuple[str, ...] = ("standard", "express")
    nodes: tuple[str, ...] = ()  # empty: the whole network
    backorder: bool = False  # accept what cannot be held now
    payment: str = "sandbox"  # provider when the order names none
    capture_pickup_at: str = "PICKED_UP"  # or READY_FOR_PICKUP
    accept_timeout_s: int = 0  # 0: the node's own
    max_attempts: int = MAX_ATTEMPTS  # sourcing rounds before a human decides
    exclude_for_s: int = EXCLUDE_FOR_S  # a node that refused a line, from that line
    offers: int = 0  # nodes that see a shipment first, the first to claim has it; 0: assignment
    offer_widen_s: int = OFFER_WIDEN_S
    review_after_s: int = 0  # what is not accepted by then is sourced anew, each time; 0: never
    review_saves: int = 100  # minor units that a move has to save; 0: cost moves nothing
    review_bands: int = 1  # distance bands that it has to be nearer at no more cost; 0: never
    without_node: str = KEEP  # what no other node can take in an outage: KEEP it there, or WAIT
    collect_within_s: int = COLLECT_WITHIN_S
    remind_before_s: int = COLLECT_REMINDER_BEFORE_S
    cancel_answer_within_s: int = CANCEL_ANSWER_WITHIN_S
    return_window_days: int = 30
    refund_shipping: str = "FULL_RETURN"  # or NEVER
    marketplace: str = ""  # format of its messages: amazon, shopify, or "" for our own
    priority: int = 100  # waiting demand: lower first
    buffer: int = 0  # units that the published number leaves out
    buffer_percent: int = 0  # or this share of it, whichever is more
    low_below: int = 5  # fewer units are shown as LOW
    display_max: int = 0  # the highest number that shoppers read; 0: whatever it is
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class SourcingRules:
    """One version of a sourcing profile: its strategies. Version 0 is built in.

    A profile without strategies is one strategy, for all orders, of the fields after `version`.
    """

    profile: str = "default"
    version: int = 0
    criteria: tuple[str, ...] = ("lateness", "distance_band", "cost", "distance_km", "priority")
    max_parts: int = 5
    split_lines: bool = True
    max_candidates: int = MAX_CANDIDATES
    distance_bands_km: tuple[int, ...] = (50, 150, 500)
    strategies: tuple[Strategy, ...] = ()

    @property
    def most_parts(self) -> int:
        """Of an order; strategies may have lower limits of their own."""
        return MAX_PARTS if self.strategies else self.max_parts

    @property
    def chain(self) -> tuple[Strategy, ...]:
        """The strategies in the order they are tried."""
        found = self.strategies or (self._only,)
        return tuple(sorted(found, key=lambda each: each.priority))

    @property
    def _only(self) -> Strategy:
        bands = self.distance_bands_km
        return Strategy(
            id="default",
            criteria=tuple(
                Criterion(name, bands if name == DISTANCE_BAND else ()) for name in self.criteria
            ),
            limits=Limits(
                max_parts=self.max_parts,
                line_split=BY_QUANTITY if self.split_lines else BY_LINE,
                candidates=self.max_candidates,
            ),
            on_partial=COMMIT_PART,
            on_none=COMMIT_PART,
        )


@dataclass(frozen=True, slots=True)
class CarrierService:
    """Transit in carrier working days by zone, and the price table [(max weight g, minor)]."""

    carrier: str
    service: str
    transit_days: Mapping[str, int]
    prices: Mapping[str, tuple[tuple[int, int], ...]]
    pickup_weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    delivery_weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4, 5})
    region: frozenset[str] = frozenset()  # countries that count as one region
    co2_g_km: int = 0  # per parcel
    spread_days: int = 0  # delivery days after the first on which it may still arrive
    # "FR-DE" → working days more than planned, where it was late too often (promising/lanes.py)
    margins: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Product:
    sku: str
    name: str
    weight_g: int = 0
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    price: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    barcode: str = ""
    backorder_limit: int | None = None  # units that may be sold beyond stock; None: no cap
    max_lead_days: int = 0  # a cap counts receipts within so many days only; 0: no receipts
    release_at: str = ""  # ISO date before which it may not leave (pre-order)
    category: str = ""  # for rules of sourcing and safety stock
    markdown: int = 0  # permille of the price that is taken off what is left
    markdown_at: str = ""  # ISO date from which; "": now
    hazmat: bool = False  # dangerous goods: only nodes that may handle them
    components: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))  # of a kit
    substitutes: tuple[str, ...] = ()  # SKUs offered instead, the closest first
    digital: str = ""  # GIFT_CARD, LICENCE_KEY or DOWNLOAD: no stock, no node, no parcel
    link: str = ""  # of a digital product: what is opened, with $order, $line, $unit and $sku
    takes_back: bool = False  # a digital product may be returned like any other
    alerts: StockAlerts = field(default_factory=StockAlerts)  # when its stock is low, or too much
