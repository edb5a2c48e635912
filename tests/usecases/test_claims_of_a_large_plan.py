"""A plan of more claims than a transaction holds actions: all of them are held, or none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.errors import OutOfStock
from oms.domain.ids import claim_id
from oms.domain.model.network import Network
from oms.domain.model.order import Order, OrderState
from oms.domain.model.product import Product
from oms.domain.stock import movements
from oms.stores.stock import keys
from oms.usecases.sourcing.hold_plan import Claims, claims_of, hold_plan
from oms.usecases.sourcing.reading import Reading
from tests.cloud import World
from tests.orders import place

TRANSACTION_ACTIONS = 100  # of one TransactWriteItems
LINES = TRANSACTION_ACTIONS // 2 + 1
SKUS = [f"WIDE-{n:03}" for n in range(LINES)]
NODES = ("dc-lille", "dc-leipzig")
ONE = {"oh": 1, "al": 0, "sg": 0, "so": 0, "av": 1, "c": {}, "v": 1}


@pytest.fixture
def wide(world: World) -> World:
    """One unit of each SKU at either warehouse."""
    for sku in SKUS:
        world.config.put(f"PRODUCT#{sku}", Product(sku, sku, 100, price={"EUR": 100}))
        for node in NODES:
            key = {"pk": keys.sku_pk(sku), "sk": keys.stock_sk(node)}
            world.stock.table.put_always({**key, **ONE})
    return world


def free(world: World) -> int:
    return sum(item.available for sku in SKUS for item in world.stock.items.of_sku(sku))


def test_more_claims_than_a_transaction_takes_are_held_together(wide: World) -> None:
    snapshot = place(wide, dict.fromkeys(SKUS, 2)).snapshot
    moves = claims_of(snapshot, snapshot.planned, Network((), {}))
    assert len(moves) == 2 * LINES > TRANSACTION_ACTIONS
    assert free(wide) == 0


def test_one_unit_that_is_gone_undoes_all_the_others(wide: World) -> None:
    channel = wide.config.channel("web")
    reading = Reading(wide.stock, wide.config, channel, wide.config.nodes(channel), wide.now)
    small = place(wide, {SKUS[0]: 1}).snapshot
    lines = tuple(replace(small.lines[0], no=n, sku=sku) for n, sku in enumerate(SKUS, 1))
    order = Order(replace(small, id="1" * 16, lines=lines), OrderState())
    network = reading.network(order.snapshot, consistent=True)
    plan = reading.plan(order, order.open, network)
    assert not plan.unfilled
    node = next(part.node for part in plan.parts if LINES in part.lines)
    thief = movements.allocate(claim_id("2" * 16, 1), SKUS[-1], node, 1)
    assert wide.stock.movements.move(thief)
    before = free(wide)
    claims = Claims(order.snapshot, reading)
    refused = claims.take(plan, network)
    assert refused
    assert refused.places == {(SKUS[-1], node)}
    assert free(wide) == before - LINES + 1, "what was not refused is held"
    held = hold_plan(order, reading, lambda _: plan, network)
    assert (held.plan, held.spent) == (None, True)
    claims.let_go()
    assert free(wide) == before
    with pytest.raises(OutOfStock):
        wide.stock.movements.move(replace(thief, id="again", claim=claim_id("3" * 16, 1)))
