"""A sales channel and its policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ..limits.orders import CANCEL_ANSWER_WITHIN_S, EXCLUDE_FOR_S, MAX_ATTEMPTS
from ..limits.preparing import COLLECT_REMINDER_BEFORE_S, COLLECT_WITHIN_S, OFFER_WIDEN_S

KEEP, WAIT = "KEEP", "WAIT"


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
    order_url: str = ""  # where a guest sees the order, with `$token`
    return_to: str = ""  # where returns are sent, in one line
    sms: bool = False  # who has no e-mail is told the code of a pickup by SMS
    messages: tuple[str, ...] | None = None  # customer statuses it writes of; None: see `writes`
    marketplace: str = ""  # format of its messages: amazon, shopify, or "" for our own
    priority: int = 100  # waiting demand: lower first
    buffer: int = 0  # units that the published number leaves out
    buffer_percent: int = 0  # or this share of it, whichever is more
    low_below: int = 5  # fewer units are shown as LOW
    display_max: int = 0  # the highest number that shoppers read; 0: whatever it is
    settings: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def writes(self, status: str) -> bool:
        """Whether its customers are written to about this. A shop of our own writes about all, a
        marketplace about nothing, unless it says what.
        """
        return not self.marketplace if self.messages is None else status in self.messages
