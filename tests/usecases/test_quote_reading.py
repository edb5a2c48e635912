"""A quote reads the short form of stock where that is enough, and exactly where it is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from oms.domain.model.product import Product
from oms.domain.model.rules import SourcingRules
from oms.domain.model.safety import SafetyRule
from oms.domain.model.supply import Supply
from oms.domain.quoting.quote import Option, QuoteLine, QuoteRequest
from oms.domain.reserving.reservation import Cart, CartItem
from oms.stores.stock import keys
from oms.usecases.following_stock.update_shown_stock import update_shown_stock
from oms.usecases.quoting.deps import Quoting
from oms.usecases.quoting.quote_availability import quote_availability
from oms.usecases.reserving.deps import Reserving
from oms.usecases.reserving.reserve_basket import reserve_basket
from tests.bundles import bundle
from tests.cloud import NODES, World, receive
from tests.hot_stock import buy, heated
from tests.stock_deps import following_stock

SKU = "SKU-001"
ASKED = QuoteRequest("web", (QuoteLine(SKU, 1),), "FR", "48.86", "2.35")


@pytest.fixture
def reads(world: World) -> list[str]:
    """Which of both was read, in order."""
    found: list[str] = []
    query = world.stock.table.query

    def noted(pk: str, **how: Any) -> Any:
        found.append("short" if how.get("index") else "exact")
        return query(pk, **how)

    world.stock.table.query = noted  # type: ignore[method-assign]
    return found


def stocked(world: World, **units: int) -> None:
    """Node (with _ for -) → units, all of it shown."""
    for node, quantity in units.items():
        receive(world, SKU, node.replace("_", "-"), quantity)
    follow(world)


def follow(world: World) -> None:
    """What the stream says by now."""
    rows = world.stock.table.query(keys.sku_pk(SKU))
    update_shown_stock([(row["pk"], row["sk"], None, row) for row in rows], following_stock(world))


def quoted(world: World, quantity: int = 1, **more: Any) -> dict[str, Option]:
    asked = replace(ASKED, lines=(QuoteLine(SKU, quantity),), **more)
    found = quote_availability(asked, deps=bundle(Quoting, world))  # fmt: skip
    return {option.id: option for option in found.options}


# units at Lille, asked | available, reads
ENOUGH = [
    (100, 1, True, ["short"]),
    (100, 64, True, ["short"]),
    (100, 99, True, ["short", "exact"]),
    (100, 101, False, ["short", "exact"]),
    (1, 1, True, ["short"]),
    (5, 6, False, ["short"]),
]


@pytest.mark.parametrize(("units", "asked", "available", "read"), ENOUGH)
def test_only_what_rounding_leaves_open_is_read_exactly(
    world: World, reads: list[str], units: int, asked: int, available: bool, read: list[str]
) -> None:
    stocked(world, dc_lille=units)
    reads.clear()
    assert quoted(world, asked)["SHIP:standard"].available == available
    assert reads == read


def test_what_nobody_shows_yet_is_read_exactly(world: World, reads: list[str]) -> None:
    receive(world, SKU, "dc-lille", 3)
    assert quoted(world, 3)["SHIP:standard"].available
    assert reads == ["short", "exact"]


def test_a_share_of_what_is_on_hand_is_kept_back_of_exact_numbers(
    world: World, reads: list[str]
) -> None:
    lille = replace(NODES[0], safety_rules=(SafetyRule(percent=10, sku=SKU),))
    world.config.put_node(lille)
    stocked(world, dc_lille=30)
    reads.clear()
    assert quoted(world, 27)["SHIP:standard"].available
    assert not quoted(world, 28)["SHIP:standard"].available
    assert reads == ["exact", "exact"]


def test_rules_that_compare_stock_see_exact_numbers(world: World, reads: list[str]) -> None:
    world.config.put("RULES#default", SourcingRules(criteria=("stock_depth",)))
    stocked(world, dc_lille=100)
    reads.clear()
    assert quoted(world)["SHIP:standard"].available
    assert reads == ["exact"]


def test_pages_of_a_hot_sku_are_read_when_the_first_may_not_be_enough(
    world: World, reads: list[str]
) -> None:
    heated(world, 64)
    follow(world)
    reads.clear()
    assert quoted(world, 64)["SHIP:standard"].available
    assert reads == ["short"]
    assert not quoted(world, 65)["SHIP:standard"].available
    assert reads == ["short", "short", "exact"]


def test_a_share_counts_what_lies_on_pages(world: World) -> None:
    world.config.put_node(replace(NODES[0], safety_rules=(SafetyRule(percent=10, sku=SKU),)))
    heated(world, 100)
    buy(world)
    network = world.stock.availability.network([SKU], [NODES[0]], consistent=True)
    assert network.on_hand[SKU, "dc-lille"] == 100


def test_what_the_cart_holds_is_there_for_it(world: World) -> None:
    stocked(world, dc_lille=2)
    basket = Cart("cart", "web", (CartItem(SKU, 2),), 600, country="FR")
    made = reserve_basket(basket, actor="t", deps=bundle(Reserving, world))
    assert not quoted(world, 2)["SHIP:standard"].available
    held = made.reservation.id
    assert quoted(world, 2, reservation=held)["SHIP:standard"].available
    assert not quoted(world, 3, reservation=held)["SHIP:standard"].available
    assert not quoted(world, 2, reservation="nobody's")["SHIP:standard"].available


def test_supply_waiting_demand_and_counters_are_in_the_short_form(world: World) -> None:
    stocked(world, dc_lille=1)
    supply = Supply("po", SKU, "dc-lille", 5, "2026-12-01", confidence=80, receive_days=1)
    world.stock.supply.put(supply)
    world.backorders.take(SKU, "o1", 2, 9)
    network = world.stock.availability.network([SKU], (), consistent=False, rough={SKU})
    assert (network.supplies, network.backordered) == ((supply,), {SKU: 2})
    world.config.put(
        "PRODUCT#SKU-001", Product(SKU, "One", 500, backorder_limit=4, max_lead_days=9)
    )
    late = quoted(world, 3)["SHIP:standard"].backorder
    assert late is not None
    assert late.confidence == "LOW"
