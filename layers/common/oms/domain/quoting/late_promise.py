"""What a part comes to that is late: the promise its node could make now, or, where it travels to a
store already, the day it would be there if it had left today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..model.calendar import local
from ..model.carriage import CarrierService, cheapest, level
from ..model.demand import Demand
from ..model.network import Network
from ..model.node import PICKUP, Node
from ..model.promise import Promise
from ..promising.promise import promise, sent_to_store
from ..sourcing.source import bound_for


def promise_now(
    node: Node,
    store: Node | None,
    demand: Demand,
    services: Sequence[CarrierService],
    holidays: Mapping[str, frozenset[str]],
    now: int,
) -> Promise | None:
    """`store`: where the customer collects. A day that was named is as good as any other now."""
    network = Network(tuple(filter(None, (node, store))), {}, holidays=holidays)
    asked = bound_for(replace(demand, day=""), network)
    if asked.method_at(node.id) == PICKUP:
        return promise(node, None, asked, now, network=network)
    service = _carried_by(node, asked, services)
    return promise(node, service, asked, now, network=network) if service else None


def promise_in_transit(
    source: Node,
    store: Node | None,
    demand: Demand,
    services: Sequence[CarrierService],
    holidays: Mapping[str, frozenset[str]],
    now: int,
) -> Promise | None:
    """Of goods that left `source` for `store` and did not come."""
    network = Network(tuple(filter(None, (source, store))), {}, holidays=holidays)
    asked = bound_for(replace(demand, day=""), network)
    service = _carried_by(source, asked, services)
    left = local(now, source.timezone).date()
    return sent_to_store(source, service, asked, left, network) if service else None


def _carried_by(
    node: Node, asked: Demand, services: Sequence[CarrierService]
) -> CarrierService | None:
    weight = sum(line.weight_g * len(line.units) for line in asked.lines)
    lane = cheapest(services, level(asked.service), node.address.country, asked.country, weight)
    return lane.service if lane else None
