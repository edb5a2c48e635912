"""What is worth nothing asks no provider: it is confirmed, shipped and completed like the rest."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from oms.domain.orders.intake import NewLine
from oms.usecases.paying.authorise_payment import authorise_payment
from oms.usecases.paying.capture_part import capture_part
from oms.usecases.paying.conclude_order import conclude_order
from oms.usecases.paying.deps import Paying
from oms.usecases.placing.deps import Placing
from oms.usecases.placing.place_order import place_order
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.orders import allocate, new_order
from tests.parts import through

LEAVES = ("accept", "pick", "pack", "label", "ship")


def placed(world: World, *lines: NewLine, shipping: int) -> str:
    new = replace(new_order({}, shipping=shipping), lines=lines)
    return place_order(new, deps=bundle(Placing, world)).snapshot.id


@pytest.mark.parametrize(
    "line", [NewLine("SKU-001", 1, 1999, discount=1999), NewLine("SKU-001", 2, 0)]
)
def test_an_order_worth_nothing_completes_without_a_provider(world: World, line: NewLine) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order_id = placed(world, line, shipping=0)

    def asked(means: object) -> Any:
        raise AssertionError("a provider was asked for nothing")

    deps = bundle(Paying, world, gateways=SimpleNamespace(of=asked))
    for _ in range(2):
        assert authorise_payment(order_id, deps)["outcome"] == "AUTHORISED"
    assert world.orders.get(order_id).state.status == "CONFIRMED"
    allocate(world, order_id)
    through(world, order_id, 1, *LEAVES)
    assert capture_part(order_id, 1, deps)["outcome"] == "NOTHING_TO_DO"
    through(world, order_id, 1, "deliver")
    assert conclude_order(order_id, deps)["outcome"] == "COMPLETED"


def test_a_free_gift_in_its_own_parcel_is_shipped_and_not_charged(world: World) -> None:
    receive(world, "SKU-031", "dc-lille", 1)
    receive(world, "SKU-032", "store-lyon", 1)
    gift = NewLine("SKU-032", 1, 2990, discount=2990)
    order_id = placed(world, NewLine("SKU-031", 1, 12900), gift, shipping=490)
    deps = bundle(Paying, world)
    authorise_payment(order_id, deps)
    allocate(world, order_id)
    parts = world.orders.get(order_id).parts
    assert len(parts) == 2
    for part in parts:
        through(world, order_id, part.number, *LEAVES)
        capture_part(order_id, part.number, deps)
        through(world, order_id, part.number, "deliver")
    payment = world.orders.get(order_id).payment
    assert payment
    assert [move.amount for move in payment.captures.values()] == [13390]
    assert conclude_order(order_id, deps)["outcome"] == "COMPLETED"
