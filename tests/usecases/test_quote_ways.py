"""The ways a shopper is offered, what is said of what is missing, and what cannot be read in time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.model.channel import Channel
from oms.domain.model.product import Product
from oms.domain.model.promise import Promise
from oms.domain.model.supply import Supply
from oms.domain.quoting.quote import QuoteLine
from oms.usecases.quoting.deps import Quoting
from oms.usecases.quoting.quote_availability import quote_availability
from tests.fakes.networks import service
from tests.usecases.test_quote_availability import (
    ASKED,
    NODES,
    NOW,
    cart,
    options,
    quote,
    world,
)

# --- by which ways -----------------------------------------------------------------------------

ALL_WAYS = Channel(
    "web", "Web", "EUR", services=("standard", "express", "named_day", "ship_to_store")
)


def test_goods_are_offered_to_be_carried_to_stores_that_lack_them() -> None:
    found = options(quote(**world(channels=[ALL_WAYS])))
    assert found["PICKUP:S1"].available
    assert "SHIP_TO_STORE:S1" not in found, "what it has is quicker from its own shelf"
    carried = found["SHIP_TO_STORE:S2"]
    assert (carried.available, carried.price, carried.parts) == (True, 0, 1)
    assert carried.promise is not None
    assert (carried.promise.ship_by, carried.promise.ready_by) == (
        "2026-06-10",
        "2026-06-12T18:00:00+02:00",
    )
    assert found["PICKUP:S2"].alternatives[-1] == "SHIP_TO_STORE:S2"


def test_days_can_be_named_from_the_first_possible_one_on() -> None:
    around = world(channels=[ALL_WAYS])
    soonest = options(quote(**around))["SHIP:named_day"]
    assert soonest.days[:3] == ("2026-06-12", "2026-06-15", "2026-06-16")
    assert soonest.promise is not None
    assert soonest.promise.deliver_by == "2026-06-12"
    named = options(quote(replace(ASKED, day="2026-06-16"), **around))["SHIP:named_day"]
    assert named.promise is not None
    assert (named.promise.ship_by, named.promise.deliver_by) == ("2026-06-12", "2026-06-16")
    never = options(quote(replace(ASKED, day="2026-06-14"), **around))["SHIP:named_day"]
    assert (never.available, dict(never.missing), bool(never.days)) == (False, {}, True)


def test_a_window_begins_with_the_first_day_it_may_arrive() -> None:
    services = (service(days=2, spread_days=1),)
    promised = options(quote(**world(services=services)))["SHIP:standard"].promise
    assert promised is not None
    assert (promised.deliver_from, promised.deliver_by) == ("2026-06-12", "2026-06-13")


def test_without_a_country_only_stores_are_offered() -> None:
    found = quote(replace(ASKED, country=""))
    assert [option.id for option in found.options] == ["PICKUP:S1", "PICKUP:S2"]


def test_a_full_node_promises_its_next_day() -> None:
    nodes = [replace(each, daily_capacity=5) for each in NODES]
    around = world(nodes=nodes)
    around["stock"].taken = {("DC", "2026-06-10"): 5}
    promised = options(quote(cart("A3"), **around))["SHIP:standard"].promise
    assert promised is not None
    assert promised.ship_by == "2026-06-11"


# --- what is missing -----------------------------------------------------------------------------


def test_substitutes_that_could_be_had_are_named_with_their_dates() -> None:
    products = [
        Product("A", "A", 500, substitutes=("C", "B")),
        Product("B", "Bee", 500),
        Product("C", "C", 500),
    ]
    around = world("DC: B9", products=products)
    found = options(quote(cart("A2"), **around))["SHIP:standard"]
    (only,) = found.substitutes["A"]
    assert (only.sku, only.name, only.promise.deliver_by) == ("B", "Bee", "2026-06-12")
    assert around["stock"].reads == [("A",), ("B", "C")]


# substitutes of the kit, of its component B | what is offered for what
INSTEAD_OF_A_KIT = [
    (("L",), ("C",), {"K": ["L"]}),
    ((), ("C",), {"B": ["C"]}),
    (("M",), ("C",), {}),
    (("C",), (), {"K": ["C"]}),
    ((), (), {}),
]


@pytest.mark.parametrize(("of_kit", "of_b", "offered"), INSTEAD_OF_A_KIT)
def test_a_kit_that_lacks_a_component_is_replaced_whole_where_something_is_named_for_it(
    of_kit: tuple[str, ...], of_b: tuple[str, ...], offered: dict[str, list[str]]
) -> None:
    """K is A and two of B; L is a kit of A and C that can be had, M one that lacks B, too."""
    products = [
        *(Product(sku, sku, 500) for sku in "AC"),
        Product("B", "B", 500, substitutes=of_b),
        Product("K", "K", components={"A": 1, "B": 2}, substitutes=of_kit),
        Product("L", "L", components={"A": 1, "C": 1}),
        Product("M", "M", components={"A": 1, "B": 2}),
    ]
    around = world("DC: A9 B3 C9", products=products)
    asked = replace(ASKED, lines=(QuoteLine("K", 3),))
    found = options(quote(asked, **around))["SHIP:standard"]
    assert (dict(found.missing), found.kits) == ({"B": 3}, {"K": {"B": 3}})
    told = {sku: [each.sku for each in others] for sku, others in found.substitutes.items()}
    assert told == offered


def test_nothing_is_read_of_substitutes_while_nothing_is_missing() -> None:
    products = [Product("A", "A", 500, substitutes=("B",)), Product("B", "B", 500)]
    around = world("DC: A9 B9\nS1: A9\nS2: A9", products=products)
    assert all(not option.substitutes for option in quote(**around).options)
    assert around["stock"].reads == [("A",)]


# sold beyond stock already | asked | backorder offered
CAPS = [(0, 3, True), (1, 3, False), (2, 1, True), (3, 1, False)]


@pytest.mark.parametrize(("sold", "asked", "offered"), CAPS)
def test_a_backorder_is_offered_up_to_its_cap(sold: int, asked: int, offered: bool) -> None:
    products = [Product("A", "A", 500, backorder_limit=3)]
    around = world("", products=products, supplies=(Supply("po", "A", "DC", 9, "2026-06-22"),))
    around["stock"].backordered = {"A": sold}
    found = options(quote(cart(f"A{asked}"), **around))["SHIP:standard"]
    assert (found.backorder is not None) == offered


# --- what cannot be read in time -----------------------------------------------------------------


def late(*calls: int):
    """Reads of these numbers, from 1 on, are late."""
    made = iter(range(1, 9))

    def in_time(read):
        if next(made) in calls:
            raise TimeoutError
        return read()

    return in_time


def test_slow_stock_is_answered_with_a_safe_date() -> None:
    found = quote_availability(ASKED, Quoting(**world(), now=NOW, in_time=late(2)))
    assert (found.currency, found.confidence) == ("EUR", "LOW")
    assert options(found)["SHIP:standard"].promise == Promise(
        "SHIP", "standard", deliver_by="2026-06-17", confidence="LOW"
    )


def test_slow_configuration_is_answered_with_a_safe_date() -> None:
    asked = replace(ASKED, node="S1")
    found = quote_availability(asked, Quoting(**world(), now=NOW, in_time=late(1)))
    assert (found.currency, found.confidence) == ("", "LOW")
    assert [option.id for option in found.options] == ["SHIP:standard", "PICKUP:S1"]
    assert all(option.available for option in found.options)


def test_slow_substitutes_are_left_out() -> None:
    products = [Product("A", "A", 500, substitutes=("B",)), Product("B", "B", 500)]
    around = world("DC: B9", products=products)
    found = quote_availability(cart("A2"), Quoting(**around, now=NOW, in_time=late(3)))
    assert found.confidence == "HIGH"
    assert options(found)["SHIP:standard"].substitutes == {}
