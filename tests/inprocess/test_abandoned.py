"""A shop whose request died and who never asks again: an order that goes on, or no trace of one."""

from __future__ import annotations

import pytest

from oms.domain.limits.stock import ORPHAN_CLAIM_AFTER_S
from oms.stores.dynamo.table import from_wire

from . import web
from .faults import AFTER, BEFORE, Faults
from .story import HOME, STOREFRONT, Story
from .world import Died, World

BODY = {
    "channel": "web",
    "external_id": "e1",
    "currency": "EUR",
    "lines": [{"sku": "SKU-001", "quantity": 2}, {"sku": "SKU-002", "quantity": 1}],
    "ship_to": HOME,
    "payment": {"token": "tok_ok"},
}


def asked_once(at: int, mode: str) -> tuple[World, bool]:
    """The world long after; whether the request died."""
    world = World()
    Story(world).stocked("dc-lille", SKU_001=2, SKU_002=1)
    world.arm(Faults(at, mode))
    route = web.routes()["POST /orders"]
    event = web.request(route, BODY, STOREFRONT, "", {}, {})
    died = False
    try:
        world.invoke("ingest_order", event)
    except Died:
        died = True
    world.settle()
    world.later(ORPHAN_CLAIM_AFTER_S)
    world.settle()
    return world, died


def claims(world: World) -> int:
    rows = [from_wire(wire) for wire in world.dynamo.items("StockTable")]
    assert all(row["av"] >= 0 for row in rows if row["sk"].startswith("NODE#"))
    return sum(len(row.get("c", {})) for row in rows)


@pytest.mark.parametrize("mode", [BEFORE, AFTER])
def test_a_shop_that_gives_up_leaves_an_order_or_all_the_stock(mode: str) -> None:
    accepted = refused = 0
    for at in range(100):
        world, died = asked_once(at, mode)
        if not died:
            break
        placed = bool(world.dynamo.items("OrdersTable"))
        states = [each.state for each in world.steps.executions.values()]
        assert (claims(world), states) == ((2, ["Fulfil"]) if placed else (0, []))
        accepted, refused = accepted + placed, refused + (not placed)
    assert refused > 3
    assert accepted == (1 if mode == AFTER else 0)
