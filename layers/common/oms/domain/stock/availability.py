"""Available to promise: what may be sold now, and when more arrives.

ATP at a node    = max(0, available − safety)           while the node serves the method
ATS of a network = max(0, Σ ATP − waiting − buffer)
ATP over time    = max(0, smallest later balance)       never sells what a later demand needs
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from ..model.network import Network
from ..model.node import Node

EXACT_BELOW = 8  # of the numbers that quotes read


def feed_is_fresh(node: Node, fed_at: int, now: int) -> bool:
    """A node with a freshness limit is believed while its feed speaks; others always are."""
    return not node.feed_fresh_s or now - fed_at <= node.feed_fresh_s


def without_stale_feeds(network: Network, now: int) -> Network:
    """The network without stock that a feed has not confirmed for too long."""
    doubted = {node.id: node for node in network.nodes if node.feed_fresh_s}
    if not doubted:
        return network
    kept = {
        (sku, id): units
        for (sku, id), units in network.available.items()
        if id not in doubted or feed_is_fresh(doubted[id], network.fed_at.get((sku, id), 0), now)
    }
    return replace(network, available=kept)


def at_node(network: Network, node: Node, sku: str, method: str) -> int:
    """Units of `sku` that `node` can promise now for `method`."""
    if not (node.online and node.sells) or method not in node.methods:
        return 0
    if node.id in network.booked_out:
        return 0
    units = network.available.get((sku, node.id), 0)
    return max(0, units - network.safety_at(node, sku, method))


def unclaimed(network: Network, sku: str, method_at: Callable[[str], str]) -> int:
    """Units the whole network can promise now, after the demand that waits for them; `method_at`:
    node id → the method it serves by.

    What the order's own cart holds is its own, whoever waits.
    """
    total = sum(at_node(network, node, sku, method_at(node.id)) for node in network.nodes)
    held = sum(network.held.get((sku, node.id), 0) for node in network.nodes)
    own = min(held, total)
    return own + max(0, total - own - network.waiting.get(sku, 0))


def to_sell(
    network: Network, sku: str, method: str, *, buffer: int = 0, buffer_percent: int = 0
) -> int:
    """The number a channel publishes: the larger of both buffers stays back, rounded up."""
    raw = unclaimed(network, sku, lambda _: method)
    return max(0, raw - max(buffer, -(-raw * buffer_percent // 100)))


def over_time(supply: Sequence[int], demand: Sequence[int]) -> list[int]:
    """ATP per period; period 0's supply includes what is on hand."""
    balance = accumulate(s - d for s, d in zip(supply, demand, strict=True))
    smallest_later = accumulate(reversed(list(balance)), min)
    return [max(0, units) for units in reversed(list(smallest_later))]


def rounded_down(available: int) -> int:
    """What quotes read of a SKU at a node: exact below 8, then powers of two. It changes seldom,
    so that an index of it is cheap to keep. Never more than there is, 0 where there is nothing.
    """
    if available < EXACT_BELOW:
        return max(0, available)
    return 1 << (available.bit_length() - 1)


def rounding_gap(number: int) -> int:
    """Units that there may be beyond a number that was shown."""
    return 0 if number < EXACT_BELOW else number - 1
