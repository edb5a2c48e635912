"""Re-evaluation: a part that no node has accepted yet moves when that pays.

Once in each window, which the sweep marks on the part. It never goes back to a node that it left
this way, so two nodes cannot pass it to and fro.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from ...domain.orders.order import Order
from ...domain.parts import fulfilment as fo
from ...domain.parts import moving
from ...domain.parts.fulfilment import FulfilmentOrder
from ...domain.sourcing.network import Network
from ...domain.sourcing.pays import better
from ...ports import ConfigReader, Orders, Stock
from .rehome_part import reading_of, rehome_part

ACTOR = "sourcing"


def reconsider_part(
    order_id: str, number: int, *, orders: Orders, stock: Stock, config: ConfigReader, now: int
) -> None:
    """Harmless when repeated. Stock that goes meanwhile is left to the next window."""
    order = orders.get(order_id)
    part = order.part(number)
    if part is None or part.status != fo.ASSIGNED or order.state.cancel_reason:
        return
    reading = reading_of(order, stock=stock, config=config, now=now)
    left = _left(order, part)
    reading = replace(reading, nodes=tuple(n for n in reading.nodes if n.id not in left))
    network = reading.network(order.snapshot, consistent=True, first_part=order.next_part)
    plan = reading.plan(order, part.lines, _as_if_free(network, part))
    why = better(plan, part.node, reading.channel)
    if why:
        moving.movable(order, part)
        rehome_part(order, part, plan, reading, orders=orders, actor=ACTOR, note=why)


def _left(order: Order, part: FulfilmentOrder) -> frozenset[str]:
    """Nodes that these lines were moved away from."""
    return frozenset(
        each.node
        for each in order.parts
        if each.status == fo.SUPERSEDED and set(each.lines) & set(part.lines)
    )


def _as_if_free(network: Network, part: FulfilmentOrder) -> Network:
    """What the part itself holds at its node is there for it."""
    available: Mapping[tuple[str, str], int] = MappingProxyType(
        {
            **network.available,
            **{
                (sku, part.node): network.available.get((sku, part.node), 0) + units
                for sku, units in part.by_sku.items()
            },
        }
    )
    return replace(network, available=available)
