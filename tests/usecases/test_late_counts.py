"""Counts and differences that arrive late, twice or out of order, on the real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from oms.domain.errors import OutOfStock
from oms.domain.limits.stock import MAX_FLOWS
from oms.domain.stock import movements as m
from oms.domain.stock.availability import at_node, feed_is_fresh, without_stale_feeds
from oms.stores.stock.feeds import StockFeedStore
from oms.usecases.stocking.book_feed import FeedKind, FeedLine, book_feed
from tests.cloud import NOW, World, world
from tests.orders import place
from tests.stock_deps import stocking

SKU, NODE = "SKU-001", "dc-lille"


@pytest.fixture
def cloud() -> Iterator[World]:
    with world() as built:
        receipt = m.receive("first", SKU, NODE, 10, cause="", actor="t")
        built.stock.movements.book(receipt, now=NOW - 9_000)
        yield built


def feed(cloud: World, *lines: FeedLine, now: int = NOW) -> list[tuple[str, int | None]]:
    results = book_feed(lines, "wms", stocking(cloud, now=now))
    return [(each.outcome, each.available) for each in results]


def count(units: int, as_of: int, id: str = "f") -> FeedLine:
    return FeedLine(id, NODE, SKU, FeedKind.COUNT, units, as_of)


def sell(cloud: World, units: int, at: int, claim: str = "O.1") -> None:
    cloud.stock.movements.move(m.allocate(claim, SKU, NODE, units))
    cloud.stock.movements.move(m.prepare(claim, SKU, NODE, units))
    cloud.stock.movements.move(replace(m.ship(claim, SKU, NODE, units), at=at))


def test_a_count_from_before_a_sale_does_not_bring_the_units_back(cloud: World) -> None:
    sell(cloud, 3, NOW - 60)
    for outcome in ("BOOKED", "REPEATED"):
        assert feed(cloud, count(10, NOW - 120)) == [(outcome, 7)]
    assert feed(cloud, count(7, NOW - 30, "later")) == [("BOOKED", 7)]
    assert feed(cloud, count(10, NOW - 120, "older")) == [("STALE", 7)]
    assert feed(cloud, count(10, NOW - 120)) == [("STALE", 7)]


def test_a_shipment_booked_after_a_count_that_missed_it_is_not_taken_off_twice(
    cloud: World,
) -> None:
    cloud.stock.movements.move(m.allocate("O.1", SKU, NODE, 3))
    cloud.stock.movements.move(m.prepare("O.1", SKU, NODE, 3))
    assert feed(cloud, count(7, NOW - 30)) == [("BOOKED", 4)], "3 of them still seem to be staged"
    ship = replace(m.ship("O.1", SKU, NODE, 3), at=NOW - 60)
    assert [cloud.stock.movements.move(ship) for _ in range(2)] == [True, False]
    item = cloud.stock.items.get(SKU, NODE)
    assert item
    assert (item.on_hand, item.staged, item.available) == (7, 0, 7)


def test_a_difference_from_before_the_last_count_is_in_it_already(cloud: World) -> None:
    def broken(id: str, at: int) -> FeedLine:
        return FeedLine(id, NODE, SKU, FeedKind.DELTA, -1, at)

    assert feed(cloud, count(9, NOW - 100), broken("b1", NOW - 200)) == [
        ("BOOKED", 9),
        ("STALE", 9),
    ]
    for outcome in ("BOOKED", "REPEATED"):
        assert feed(cloud, broken("b2", NOW - 50)) == [(outcome, 8)]
    assert feed(cloud, count(9, NOW - 90, "later")) == [("BOOKED", 8)]


def test_more_than_there_is_cannot_break_though_it_was_counted_in_that_second(
    cloud: World,
) -> None:
    broken = FeedLine("b1", NODE, SKU, FeedKind.DELTA, -3, NOW - 100)
    assert feed(cloud, count(2, NOW - 100), broken) == [("BOOKED", 2), ("REFUSED", None)]


def test_lines_that_say_the_same_item_twice_end_with_the_later_one(cloud: World) -> None:
    told = feed(cloud, count(5, NOW - 20, "b"), count(4, NOW - 40, "a"))
    assert sorted(outcome for outcome, _ in told) in (["BOOKED", "BOOKED"], ["BOOKED", "STALE"])
    item = cloud.stock.items.get(SKU, NODE)
    assert item
    assert (item.available, item.counted_at) == (5, NOW - 20)


def test_a_count_of_something_never_seen_makes_its_item(cloud: World) -> None:
    line = FeedLine("f", "dc-leipzig", "SKU-002", FeedKind.COUNT, 4, NOW - 10)
    assert feed(cloud, line) == [("BOOKED", 4)]
    assert feed(cloud, replace(line, sku="SKU-999")) == [("REFUSED", None)]
    assert feed(cloud, replace(line, node="nowhere")) == [("REFUSED", None)]


def test_many_flows_are_merged_and_a_late_count_stays_right(cloud: World) -> None:
    store = StockFeedStore(cloud.stock)
    for n in range(MAX_FLOWS):
        move = m.receive(f"r{n}", SKU, NODE, 1, cause="", actor="t")
        cloud.stock.movements.book(move, now=NOW - 8_000 + n)
    many = cloud.stock.items.get(SKU, NODE)
    assert many is not None
    assert len(many.flows) == MAX_FLOWS + 1
    assert store.merge_flows(many, now=NOW)
    assert not store.merge_flows(many, now=NOW), "merged before: not twice"
    few = cloud.stock.items.get(SKU, NODE)
    assert few is not None
    assert len(few.flows) < MAX_FLOWS
    assert (few.version, few.on_hand) == (many.version, many.on_hand)
    sell(cloud, 2, NOW - 60)
    assert feed(cloud, count(34, NOW - 120)) == [("BOOKED", 32)]


def test_stock_of_a_silent_feed_is_not_promised(cloud: World) -> None:
    node = replace(cloud.config.node("drop-milano"), feed_fresh_s=3_600)
    cloud.config.put_node(node)
    feed(cloud, FeedLine("f", node.id, SKU, FeedKind.COUNT, 8, NOW - 600))
    network = cloud.stock.availability.network([SKU], [node], consistent=True)
    promised = [
        at_node(without_stale_feeds(network, now), node, SKU, "SHIP")
        for now in (NOW, NOW + 3_000, NOW + 3_001)
    ]
    assert promised == [8, 8, 0]
    assert not feed_is_fresh(node, 0, NOW)
    assert feed_is_fresh(cloud.config.node(NODE), 0, NOW), "no limit: believed always"


def test_an_order_is_not_placed_on_what_a_silent_feed_once_told(cloud: World) -> None:
    node = replace(cloud.config.node("drop-milano"), feed_fresh_s=3_600)
    cloud.config.put_node(node)
    feed(cloud, FeedLine("f", node.id, "SKU-003", FeedKind.COUNT, 8, cloud.now - 3_601))
    with pytest.raises(OutOfStock):
        place(cloud, {"SKU-003": 1})
    feed(cloud, FeedLine("f", node.id, "SKU-003", FeedKind.COUNT, 7, cloud.now - 60))
    assert place(cloud, {"SKU-003": 1}).created
