"""What quotes read of stock: small, rounded down, and following what is available."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain.model.stock_item import StockItem
from oms.domain.stock import counting
from oms.domain.stock.availability import rounded_down, rounding_gap
from oms.stores.stock import keys
from oms.stores.stock.feeds import StockFeedStore
from oms.usecases.following_stock.update_shown_stock import update_shown_stock
from tests.architecture.test_template import RESOURCES
from tests.cloud import World, receive
from tests.hot_stock import heated
from tests.orders import place
from tests.stock_deps import follower, following_stock

SKU = "SKU-001"
PLACE = (SKU, "dc-lille")

# available | shown
ROUNDED = [
    (-3, 0),
    (0, 0),
    (1, 1),
    (7, 7),
    (8, 8),
    (9, 8),
    (15, 8),
    (16, 16),
    (99, 64),
    (1000, 512),
]


@pytest.mark.parametrize(("available", "number"), ROUNDED)
def test_plenty_is_rounded_down(available: int, number: int) -> None:
    assert rounded_down(available) == number


@given(st.integers(0, 10**7))
def test_what_is_shown_is_there_and_says_how_much_more_may_be(available: int) -> None:
    number = rounded_down(available)
    assert number <= available <= number + rounding_gap(number)
    assert rounded_down(number) == number


class Rows:
    """One item as the table keeps it, and its stream: each change with the row after it."""

    def __init__(self) -> None:
        self.row: dict[str, Any] = {"av": 0, "v": 0}
        self.stream: list[dict[str, Any]] = []

    def move(self, available: int, guess: int | None = None) -> None:
        self.row |= {"av": available, "v": self.row["v"] + 1}
        self.row |= {} if guess is None else {"sh": rounded_down(guess)}
        self.stream.append(dict(self.row))

    def show(self, showings: Any) -> int:
        done = 0
        for each in showings:
            if self.row.get("sv", -1) < each.version:
                self.row |= {"sh": each.units, "sv": each.version}
                self.stream.append(dict(self.row))
                done += 1
        return done


UNITS = st.integers(0, 40)
ACTS = st.one_of(UNITS, st.tuples(UNITS, UNITS), st.sampled_from(["batch", "again"]))


@given(st.lists(ACTS))
def test_whenever_the_stream_is_read_the_last_change_leaves_the_right_number(
    acts: list[int | tuple[int, int] | str],
) -> None:
    """A number: a movement; two: a claim with what it believed to leave; "batch": the follower reads
    on; "again": all once more.
    """
    rows, read = Rows(), 0
    key = (keys.sku_pk(SKU), keys.stock_sk("dc-lille"))

    def follow(since: int) -> int:
        until = len(rows.stream)
        update_shown_stock(
            [(*key, None, row) for row in rows.stream[since:until]], follower(shown=rows)
        )
        return until

    for act in acts:
        if isinstance(act, int):
            rows.move(act)
        elif isinstance(act, tuple):
            rows.move(*act)
        else:
            read = max(read, follow(0 if act == "again" else read))
    while read < len(rows.stream):
        read = follow(read)
    if rows.stream:
        assert rows.row["sh"] == rounded_down(rows.row["av"])


def follow(world: World) -> int:
    row = world.stock.table.get(keys.sku_pk(SKU), keys.stock_sk("dc-lille"))
    return update_shown_stock(
        [(keys.sku_pk(SKU), keys.stock_sk("dc-lille"), None, row)], following_stock(world)
    )


def seen(world: World) -> tuple[int, int]:
    """Shown as available, and how much more there may be."""
    network = world.stock.availability.network([SKU], (), consistent=False, rough={SKU})
    return network.available[PLACE], network.rough.get(PLACE, 0)


def test_what_was_never_shown_is_in_doubt_until_it_is(world: World) -> None:
    receive(world, SKU, "dc-lille", 17)
    shown_at_first, more = seen(world)
    assert (shown_at_first, more > 17) == (0, True)
    assert (follow(world), follow(world)) == (1, 0)
    assert seen(world) == (16, 15)
    place(world, {SKU: 1})
    assert seen(world) == (16, 15)
    place(world, {SKU: 2}, external_id="another")
    assert (seen(world), follow(world)) == ((8, 7), 0)


def test_a_count_is_shown_at_once(world: World) -> None:
    move = counting.count("c", StockItem(*PLACE), 7, as_of=world.now, now=world.now, actor="test")
    assert StockFeedStore(world.stock).count_all([move]) == [True]
    assert seen(world) == (7, 0)
    assert follow(world) == 0


def test_what_lies_on_pages_is_in_doubt(world: World) -> None:
    heated(world, 64)
    follow(world)
    units, more = seen(world)
    assert (units, more > 1000) == (64, True)


def test_the_index_has_what_quotes_read_and_nothing_that_claims_change(world: World) -> None:
    (index,) = [
        each
        for each in RESOURCES["StockTable"]["Properties"]["GlobalSecondaryIndexes"]
        if each["IndexName"] == keys.SHOWN
    ]
    assert tuple(index["Projection"]["NonKeyAttributes"]) == keys.SHOWN_OF_ROWS
    receive(world, SKU, "dc-lille", 5)
    place(world, {SKU: 2})
    follow(world)
    (row,) = world.stock.table.query(keys.sku_pk(SKU), consistent=False, index=keys.SHOWN)
    assert set(row) == {"pk", "sk", keys.IN_SHOWN, "sh"}
