"""What a shopper wants held of a quote. A contract reads it without loading what holds it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HoldWish:
    """`option`: the id of a quote's option; `key`: the storefront's id of the cart."""

    key: str
    option: str
    ttl_s: int
