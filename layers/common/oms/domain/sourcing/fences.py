"""Fences: what a node must pass before it is compared. The first that stops it is its reason.

They come in the order of their cost: first what the node is, then its stock, then carriage and
calendar. A strategy adds those that take a parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..model.calendar import working_time
from ..model.carriage import Carriage
from ..model.node import PICKUP, Node
from ..model.promise import Promise
from ..model.strategy import Where
from .need import SourcingRequest
from .vocabulary import (
    BELOW_SAFETY,
    CAPACITY_FULL,
    CARRIER_ZONE,
    CLOSED,
    HAZMAT,
    METHOD_OFF,
    NO_STOCK,
    NOT_CHOSEN,
    OFFLINE,
    OTHER_NETWORK,
    PROMISE_MISS,
    REJECTED_BEFORE,
    TAG_MISMATCH,
    TOO_FAR,
    VALUE_LIMIT,
)

Stock = Mapping[str, int]  # SKU → units the node can promise


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """What is known of a node once it passed the first fences."""

    node: Node
    stock: Stock
    km: int
    carriage: Carriage | None
    promise: Promise | None
    late_days: int = 0


def capacity_full(asked: SourcingRequest, node: Node) -> bool:
    """No day has room, as far as anybody looked; or, where the strategy sets a share, its next day
    of work is taken to that share. Else a full node is not stopped, its promise begins on the
    first day with room.
    """
    if node.id in asked.network.booked_out:
        return True
    if CAPACITY_FULL not in asked.fences or not node.daily_capacity:
        return False
    day = working_time(node, asked.network.holidays).start_day(asked.now)
    taken = asked.network.load.get((node.id, day.isoformat()), 0) if day else 0
    return taken >= places_at(asked, node)


def places_at(asked: SourcingRequest, node: Node) -> int:
    """How many parts the node may have taken on for a day before this strategy adds none; 0: it
    has no capacity. A share is rounded up.
    """
    fence = asked.fences.get(CAPACITY_FULL)
    share = fence.limit if fence else 100
    return -(-node.daily_capacity * min(share, 100) // 100)


# in the order they are tried
OF_THE_NODE: Mapping[str, Callable[[SourcingRequest, Node], bool]] = {
    NOT_CHOSEN: lambda asked, node: asked.demand.at_one_place and node.id != asked.demand.node,
    OTHER_NETWORK: lambda asked, node: not within(asked.strategy.where, node),
    METHOD_OFF: lambda asked, node: asked.demand.method_at(node.id) not in node.methods,
    OFFLINE: lambda asked, node: not node.online,
    TAG_MISMATCH: lambda asked, node: (
        (fence := asked.fences.get(TAG_MISMATCH)) is not None
        and not node.tags.issuperset(fence.tags)
    ),
    VALUE_LIMIT: lambda asked, node: (
        (fence := asked.fences.get(VALUE_LIMIT)) is not None and asked.value > fence.limit
    ),
    REJECTED_BEFORE: lambda asked, node: node.id in asked.refusals and not asked.skus_of(node.id),
    # it may serve the lines that are not dangerous; the others are no stock to it
    HAZMAT: lambda asked, node: (
        not node.hazmat and bool(asked.hazmat) and asked.hazmat.issuperset(asked.need)
    ),
    NO_STOCK: lambda asked, node: (
        not any(
            asked.network.available.get((sku, node.id), 0) > 0 for sku in asked.skus_of(node.id)
        )
    ),
    CAPACITY_FULL: capacity_full,
}


def stock_of(asked: SourcingRequest, node: Node) -> Stock:
    """What it can promise of what is asked, without what it keeps back; only what it has."""
    held, kept = asked.network.available, asked.kept_back
    method, found = asked.demand.method_at(node.id), {}
    for sku in asked.skus_of(node.id):
        if sku in asked.hazmat and not node.hazmat:
            continue
        units = held.get((sku, node.id), 0)
        safety = asked.network.safety_at(node, sku, method)
        if units > 0 and node.sells and (free := units - safety - kept) > 0:
            found[sku] = free
    return found


AFTER_STOCK: Mapping[str, Callable[[SourcingRequest, NodeFacts], bool]] = {
    BELOW_SAFETY: lambda asked, facts: not facts.stock,
    TOO_FAR: lambda asked, facts: (
        (fence := asked.fences.get(TOO_FAR)) is not None and facts.km > fence.limit
    ),
    CARRIER_ZONE: lambda asked, facts: (
        asked.demand.method_at(facts.node.id) != PICKUP and facts.carriage is None
    ),
}
AFTER_PROMISE: Mapping[str, Callable[[SourcingRequest, NodeFacts], bool]] = {
    CLOSED: lambda asked, facts: facts.promise is None,
    PROMISE_MISS: lambda asked, facts: (
        (fence := asked.fences.get(PROMISE_MISS)) is not None
        and facts.late_days > fence.limit + asked.relax_days
    ),
}


def within(where: Where, node: Node) -> bool:
    return (
        (not where.nodes or node.id in where.nodes)
        and (not where.kinds or node.kind in where.kinds)
        and (not where.groups or not node.groups.isdisjoint(where.groups))
        and (not where.tags or not node.tags.isdisjoint(where.tags))
    )
