"""Stock and waiting demand meet whichever comes first, and nobody lets go of another's claim."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.errors import LostRace, OutOfStock
from oms.domain.ids import claim_id
from oms.domain.model import fulfilment as fo
from oms.domain.stock import movements
from oms.stores.stock.claiming import ClaimStore
from oms.usecases.executing.follow_part import follow_part
from oms.usecases.following_stock.follow_stock import follow_stock, fresh_claims, more
from tests.cloud import World, receive
from tests.orders import allocate, assigned, authorise, place
from tests.parts import item
from tests.stock_deps import following_stock


def row(world: World, sku: str) -> tuple[str, str, None, dict[str, object]]:
    waiting = world.stock.waiting.of_sku(sku)[0]
    return waiting["pk"], waiting["sk"], None, waiting


def follow(world: World, sku: str) -> list[str]:
    return follow_stock(*row(world, sku), following_stock(world))


def waiting_order(world: World) -> str:
    order_id = place(world, {"SKU-001": 2}, channel="patient").snapshot.id
    authorise(world, order_id)
    allocate(world, order_id)
    return order_id


def test_stock_that_came_before_anybody_waited_is_allotted(world: World) -> None:
    order_id = waiting_order(world)
    receive(world, "SKU-001", "dc-leipzig", 5)
    assert follow(world, "SKU-001") == [order_id]
    assert world.stock.waiting.of_sku("SKU-001") == []
    assert item(world, "SKU-001", "dc-leipzig")["available"] == 3


def test_waiting_demand_goes_to_nodes_of_its_channel_only(world: World) -> None:
    channel = world.config.channel("patient")
    world.config.put("CHANNEL#patient", replace(channel, nodes=("dc-lille",)))
    waiting_order(world)
    receive(world, "SKU-001", "dc-leipzig", 5)
    assert follow(world, "SKU-001") == []


def test_a_waiting_row_written_again_is_no_change(world: World) -> None:
    order_id = waiting_order(world)
    before = world.stock.waiting.of_sku("SKU-001")
    world.stock.waiting.put(world.orders.get(order_id), world.now + 60)
    assert world.stock.waiting.of_sku("SKU-001") == before


def test_only_what_makes_more_available_serves_who_waits() -> None:
    assert more(None, {"av": 1})
    assert not more({"av": -3}, {"av": 0})
    assert not more({"av": 2}, {"av": 2})
    assert not more({"av": 2}, None)


def test_fresh_claims_are_noted_once() -> None:
    found = fresh_claims("SKU#A", "NODE#n", {"c": {"old": "A1"}}, {"c": {"old": "A1", "new": "A2"}})
    assert list(found) == [{"claim": "new", "sku": "A", "node": "n"}]
    assert list(fresh_claims("SKU#A", "WAIT#1", None, {"q": 1})) == []


def test_a_late_shipment_books_each_of_its_skus_once(world: World) -> None:
    for sku in ("SKU-001", "SKU-002"):
        receive(world, sku, "dc-lille", 5)
    part = assigned(world, {"SKU-001": 2, "SKU-002": 1}).parts[0]
    late = replace(part, status=fo.CANCELLED)
    for new in (2, 0):
        assert follow_part("late_ship", late, stock=world.stock, now=world.now) == new
    assert item_on_hand(world, "SKU-001") == 3
    assert item_on_hand(world, "SKU-002") == 4


def item_on_hand(world: World, sku: str) -> int:
    found = world.stock.items.get(sku, "dc-lille")
    assert found
    return found.on_hand


def test_a_refused_run_leaves_the_claims_of_its_twin(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin holds the first SKU already when this run is refused the second."""
    for sku in ("SKU-001", "SKU-002"):
        receive(world, sku, "dc-lille", 1)
    real = ClaimStore.claim_each

    def beside_twin(self: ClaimStore, moves: list[movements.Movement]) -> object:
        by_sku = {move.sku: move for move in moves}
        world.stock.movements.move(by_sku["SKU-001"])
        world.stock.movements.move(
            movements.allocate("another#1", "SKU-002", by_sku["SKU-002"].node, 1)
        )
        monkeypatch.setattr(ClaimStore, "claim_each", real)
        return real(self, moves)

    monkeypatch.setattr(ClaimStore, "claim_each", beside_twin)
    with pytest.raises(OutOfStock):
        place(world, {"SKU-001": 1, "SKU-002": 1})
    found = world.stock.items.get("SKU-001", "dc-lille")
    assert found
    assert len(found.claims) == 1


def test_an_allotment_that_lost_its_race_leaves_the_winners_claim(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_id = waiting_order(world)
    receive(world, "SKU-001", "dc-leipzig", 5)
    number = world.orders.get(order_id).next_part
    winner = claim_id(order_id, number)
    world.stock.movements.move(movements.allocate(winner, "SKU-001", "dc-leipzig", 2))

    def lost(*_: object, **__: object) -> object:
        raise LostRace("somebody planned it first")

    monkeypatch.setattr(world.orders, "save_state", lost)
    with pytest.raises(LostRace):
        follow(world, "SKU-001")
    found = world.stock.items.get("SKU-001", "dc-leipzig")
    assert found
    assert list(found.claims) == [winner]
