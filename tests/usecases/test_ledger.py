"""The stored item says who moved it and why, and is refused to be read when it does not add up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.errors import Fault
from oms.domain.stock import movements
from oms.stores.dynamo.table import from_wire
from tests.cloud import World, receive
from tests.orders import place

SKU, NODE = "SKU-001", "dc-lille"
KEY = {"pk": {"S": f"SKU#{SKU}"}, "sk": {"S": f"NODE#{NODE}"}}


def last(world: World) -> dict[str, object]:
    found: dict[str, object] = from_wire(world.client.get_item(TableName="Stock", Key=KEY)["Item"])
    return dict(found["last"])  # type: ignore[call-overload]


def test_a_claim_says_whose_it_is_and_who_made_it(world: World) -> None:
    receive(world, SKU, NODE, 5)
    assert last(world) == {
        "k": "RECEIVE", "id": f"seed:{SKU}:{NODE}", "q": 5, "by": "test", "cause": "seed",
        "d": {"oh": 5},
    }  # fmt: skip
    order = place(world, {SKU: 2}).snapshot.id
    assert last(world) == {
        "k": "ALLOCATE", "id": f"{order}.1:ALLOCATE", "q": 2, "by": "channel:web",
        "cause": f"order:{order}/1", "d": {"al": 2},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [("SET av = :n", "available is 9, the buckets say 5"), ("SET al = :n, av = :m", "allocated 9")],
)
def test_a_broken_item_is_not_promised_from(world: World, change: str, said: str) -> None:
    receive(world, SKU, NODE, 5)
    values = {":n": {"N": "9"}} | ({":m": {"N": "-4"}} if ":m" in change else {})
    world.client.update_item(
        TableName="Stock", Key=KEY, UpdateExpression=change, ExpressionAttributeValues=values
    )
    with pytest.raises(Fault, match=said):
        world.stock.items.get(SKU, NODE)
    with pytest.raises(Fault, match=said):
        world.stock.items.of_sku(SKU)
    if "available" in said:
        with pytest.raises(Fault, match=said):
            place(world, {SKU: 2})


def test_a_movement_that_does_not_balance_is_not_written(world: World) -> None:
    receive(world, SKU, NODE, 5)
    honest = movements.allocate("o.1", SKU, NODE, 2)
    with pytest.raises(Fault, match="allocated 3, claims say 2"):
        world.stock.movements.move(replace(honest, allocated=3))
    assert world.stock.movements.move(honest)
