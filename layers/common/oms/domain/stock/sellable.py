"""The number that a channel publishes of a product, and its band for storefronts (domain 4.1).

ATS(c, m) = max(0, Σ ATP(n, m) − demand that waits − max(buffer, ⌈buffer % of the sum⌉))
kit       = min over its components ⌊ATS / quantity in the kit⌋; to collect: within one node
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.channel import Channel
from ..model.network import Network
from ..model.node import PICKUP
from ..model.product import Product
from .availability import at_node, to_sell

IN_STOCK, LOW, OUT = "IN_STOCK", "LOW", "OUT"


@dataclass(frozen=True, slots=True)
class Sellable:
    """`units` are all there are to sell; `shown` what a shopper may read."""

    units: int
    shown: int
    band: str


def sellable(product: Product, channel: Channel, network: Network, method: str) -> Sellable:
    units = _kits(product, channel, network, method) if product.components else _plain(
        product.sku, channel, network, method
    )  # fmt: skip
    shown = min(units, channel.display_max) if channel.display_max else units
    return Sellable(units, shown, band(units, channel.low_below))


def band(units: int, low_below: int) -> str:
    if units <= 0:
        return OUT
    return LOW if units < low_below else IN_STOCK


def _plain(sku: str, channel: Channel, network: Network, method: str) -> int:
    return to_sell(
        network, sku, method, buffer=channel.buffer, buffer_percent=channel.buffer_percent
    )


def _kits(product: Product, channel: Channel, network: Network, method: str) -> int:
    everywhere = _whole(
        product.components,
        {sku: _plain(sku, channel, network, method) for sku in product.components},
    )
    if method != PICKUP:
        return everywhere
    nodes = [
        {sku: at_node(network, node, sku, method) for sku in product.components}
        for node in network.nodes
    ]
    return min(everywhere, max((_whole(product.components, have) for have in nodes), default=0))


def _whole(components: Mapping[str, int], have: Mapping[str, int]) -> int:
    return min(have[sku] // quantity for sku, quantity in components.items())
