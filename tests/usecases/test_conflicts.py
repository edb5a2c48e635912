"""A refused claim has only what refused it read again; what was claimed beside it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from oms.domain.errors import OutOfStock
from oms.domain.ids import claim_id
from oms.domain.promising.work_day import Slot
from oms.domain.stock import movements
from oms.stores.capacity import keys as capacity_keys
from oms.stores.stock import keys as stock_keys
from tests.cloud import World, receive
from tests.orders import place

LILLE, LEIPZIG, TODAY, TOMORROW = "dc-lille", "dc-leipzig", "2026-11-24", "2026-11-25"
READS = ("get_item", "query", "batch_get_item")


class Seen:
    """Calls on the stock table after the thief came, as operation and keys."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[tuple[str, Any]] = []
        call = world.client.call

        def noted(operation: str, **given: Any) -> Any:
            if given.get("TableName") == "Stock":
                self.calls.append((operation, given.get("Key")))
            if "Stock" in given.get("RequestItems", {}):
                wanted = given["RequestItems"]["Stock"]
                assert wanted["ConsistentRead"]
                self.calls.append((operation, wanted["Keys"]))
            return call(operation, **given)

        monkeypatch.setattr(world.client, "call", noted)

    @property
    def reads(self) -> list[tuple[str, Any]]:
        return [each for each in self.calls if each[0] in READS]

    @property
    def writes(self) -> int:
        return sum(1 for operation, _ in self.calls if operation == "update_item")


def wire(pk: str, sk: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def before_the_claims(
    world: World, monkeypatch: pytest.MonkeyPatch, theft: Callable[[], object]
) -> Seen:
    """`theft` happens once, between the plan and its claims; what follows it is seen."""
    claims, seen = world.stock.claims.claim_each, Seen.__new__(Seen)

    def late(moves: Any) -> Any:
        monkeypatch.setattr(world.stock.claims, "claim_each", claims)
        theft()
        Seen.__init__(seen, world, monkeypatch)
        return claims(moves)

    monkeypatch.setattr(world.stock.claims, "claim_each", late)
    return seen


def test_only_the_item_that_refused_is_read_again_and_the_other_claims_stand(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sku in ("SKU-001", "SKU-002", "SKU-003"):
        receive(world, sku, LILLE, 1)
    receive(world, "SKU-002", LEIPZIG, 1)
    theft = movements.allocate(claim_id("1" * 16, 1), "SKU-002", LILLE, 1)
    seen = before_the_claims(world, monkeypatch, lambda: world.stock.movements.move(theft))
    cart = dict.fromkeys(("SKU-001", "SKU-002", "SKU-003"), 1)
    snapshot = place(world, cart).snapshot
    assert [(part.node, sorted(part.lines)) for part in snapshot.planned] == [
        (LILLE, [1, 3]),
        (LEIPZIG, [2]),
    ]
    refused = wire(stock_keys.sku_pk("SKU-002"), stock_keys.stock_sk(LILLE))
    assert seen.reads == [("batch_get_item", [refused])]
    assert seen.writes == 3 + 1, "three claims of which one is refused, then the one elsewhere"


def test_only_the_day_that_refused_is_read_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.config.put_node(replace(world.config.node(LILLE), daily_capacity=1))
    receive(world, "SKU-001", LILLE, 5)
    thief = Slot(LILLE, TODAY, claim_id("1" * 16, 1), 1)
    seen = before_the_claims(world, monkeypatch, lambda: world.stock.days.take_all([thief]))
    [part] = place(world, {"SKU-001": 1}).snapshot.planned
    assert (part.node, part.day) == (LILLE, TOMORROW)
    day = wire(capacity_keys.day_pk(TODAY), capacity_keys.work_sk(LILLE))
    looked = [
        ("get_item", wire(capacity_keys.day_pk(d), capacity_keys.work_sk(LILLE)))
        for d in (TODAY, TOMORROW)
    ]
    assert seen.reads == [looked[0], ("batch_get_item", [day]), looked[1]]
    stock = [key for op, key in seen.calls if op == "update_item" and "SKU#" in key["pk"]["S"]]
    assert len(stock) == 1, "the claim of the first try stands"


def test_an_order_that_finds_nothing_in_the_end_holds_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sku in ("SKU-001", "SKU-002"):
        receive(world, sku, LILLE, 1)
    theft = movements.allocate(claim_id("1" * 16, 1), "SKU-002", LILLE, 1)
    before_the_claims(world, monkeypatch, lambda: world.stock.movements.move(theft))
    with pytest.raises(OutOfStock) as refused:
        place(world, {"SKU-001": 1, "SKU-002": 1})
    assert refused.value.extra["missing"] == {"SKU-002": 1}
    found = world.stock.items.get("SKU-001", LILLE)
    assert found
    assert (found.available, dict(found.claims)) == (1, {})


def test_a_claim_of_another_size_is_undone_before_the_smaller_one_is_made(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two pieces of one SKU and one of another: the second node can give one of each."""
    receive(world, "SKU-001", LILLE, 2)
    receive(world, "SKU-002", LILLE, 1)
    receive(world, "SKU-001", LEIPZIG, 1)
    receive(world, "SKU-002", LEIPZIG, 1)
    theft = movements.allocate(claim_id("1" * 16, 1), "SKU-001", LILLE, 1)
    before_the_claims(world, monkeypatch, lambda: world.stock.movements.move(theft))
    snapshot = place(world, {"SKU-001": 2, "SKU-002": 1}).snapshot
    assert {part.node for part in snapshot.planned} == {LILLE, LEIPZIG}
    held = {
        (sku, node): dict(found.claims)
        for sku in ("SKU-001", "SKU-002")
        for node in (LILLE, LEIPZIG)
        if (found := world.stock.items.get(sku, node))
    }
    named = {
        (sku, part.node): units
        for part in snapshot.planned
        for sku, units in snapshot.per_sku(part.lines).items()
    }
    for (sku, node), units in named.items():
        mine = [entry for claim, entry in held[sku, node].items() if claim.startswith(snapshot.id)]
        assert mine == [f"A{units}"]
    ours = sum(claim.startswith(snapshot.id) for claims in held.values() for claim in claims)
    assert ours == len(named), "nothing is held that no part names"
