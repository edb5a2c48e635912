"""The sweep of a node that takes no orders: what it has not accepted is called back.

A page in each run; the row remembers where it is. A recall is one write of the part; that its
units go elsewhere follows from the stream (`rehome_recalled`), part by part.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain.limits.preparing import MAX_RECALLS
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.nodes import node_status as s
from ...domain.nodes.node_status import NodeStatus
from ...domain.timeline import Entry
from ...ports import Orders
from ..retrying import retrying
from .deps import Outages
from .set_standing import project

ACTOR, RECALL, LOOKED = "sweep", "recall", "looked"


def sweep_node(node: str, *, deps: Outages) -> str:
    """The event; "" when somebody moved the row since the index was read."""
    nodes, config, now = deps.nodes, deps.config, deps.now
    standing = nodes.standing(node)
    if standing.due is None or standing.due > now:
        return ""
    project(standing, config)
    if s.overdue(standing, now):
        decided = s.changed(standing, online=True, until=0, reason="the pause is over", now=now)
        assert decided
        event, following = decided
        nodes.save(following, Entry(standing.version + 1, event, now, ACTOR))
        project(following, config)
        return event
    cursor = _recall_page(standing, deps.orders, now) if standing.recalls else None
    following = s.recalled(standing, cursor, now, int(config.ttl_s))
    nodes.save(following, Entry(standing.version + 1, LOOKED, now, ACTOR))
    return LOOKED


def _recall_page(standing: NodeStatus, orders: Orders, now: int) -> dict[str, object] | None:
    ids, following = orders.part_ids_of_node(
        standing.node, limit=MAX_RECALLS, start=dict(standing.cursor) or None
    )
    for part, _ in orders.work(ids):
        if part.status in fo.UNACCEPTED and part.node == standing.node:
            _recall(part, standing, orders, now)
    return following


def _recall(found: FulfilmentOrder, standing: NodeStatus, orders: Orders, now: int) -> None:
    """Accepted or claimed meanwhile, it stays. One that cannot go elsewhere has its time after the
    pause.
    """

    def attempt() -> None:
        part = orders.part(found.order_id, found.number)
        if part.status not in fo.UNACCEPTED or part.node != standing.node:
            return
        entry = Entry(part.version + 1, RECALL, now, ACTOR, standing.reason)
        orders.save_part(_after(part.moved(RECALL), standing.until), entry)

    retrying(attempt)


def _after(part: FulfilmentOrder, until: int) -> FulfilmentOrder:
    """With as much time to accept it after the pause as it had when it was assigned. The others
    that see an offer may claim it all the while.
    """
    last = part.expires or part.due
    if not until or last is None or last >= until or part.status == fo.OFFERED:
        return part
    last += until - part.assigned_at
    return replace(part, due=last, expires=last if part.expires else None)
