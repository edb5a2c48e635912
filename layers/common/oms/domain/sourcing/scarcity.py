"""Published scarcity prices, and a network that looks ahead with them.

While there are none, or they are too old to trust, criteria that ask for them see plain cost; the
decision says which of the three it was (`Decision.shadow`: a version, STALE, ABSENT).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..limits.sourcing import MAX_SCARCITY_BYTES
from ..model.network import Network

STALE = "STALE"
HOLDS_S = 3600  # four runs of the function that computes them
ENTRY_BYTES = 24  # of a price beside its SKU and node: quotes, braces, digits


@dataclass(frozen=True, slots=True)
class ScarcityPrices:
    """What a unit is worth to later orders, in minor units; a (SKU, node) not named is worth 0.

    `at` is when the stock was read they follow from; they hold until `until` (epoch seconds).
    """

    version: int
    at: int
    until: int
    prices: Mapping[tuple[str, str], int]


def fitting(found: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """As many prices as one object holds; the smallest matter least."""
    room, kept = MAX_SCARCITY_BYTES, {}
    for (sku, node), price in sorted(found.items(), key=lambda each: (-each[1], each[0])):
        room -= len(sku.encode()) + len(node.encode()) + ENTRY_BYTES
        if room < 0:
            break
        kept[sku, node] = price
    return kept


def by_sku(prices: ScarcityPrices) -> dict[str, dict[str, int]]:
    """SKU → node → price, sorted: how prices are written down."""
    found: dict[str, dict[str, int]] = {}
    for (sku, node), price in sorted(prices.prices.items()):
        found.setdefault(sku, {})[node] = price
    return found


def flat(written: Mapping[str, Mapping[str, int]]) -> dict[tuple[str, str], int]:
    """As `by_sku` wrote them."""
    return {(sku, node): price for sku, nodes in written.items() for node, price in nodes.items()}


def looking_ahead(network: Network, prices: ScarcityPrices | None, now: int) -> Network:
    if prices is None:
        return network
    if now >= prices.until:
        stale = replace(network.signals, shadow={}, shadow_version=STALE)
        return replace(network, signals=stale)
    version = str(prices.version)
    known = replace(network.signals, shadow=prices.prices, shadow_version=version)
    return replace(network, signals=known)
