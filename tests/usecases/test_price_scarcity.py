"""Scarcity prices from the tables and back into decisions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from oms.domain.errors import LostRace
from oms.domain.limits.sourcing import MAX_SCARCITY_BYTES
from oms.domain.model.signals import Reports
from oms.domain.publishing.price_line import prices_of
from oms.domain.sourcing.forecast import Horizon, OrderKind, kind_of
from oms.domain.sourcing.scarcity import HOLDS_S, ScarcityPrices, fitting
from oms.stores.config.reports import ReportStore
from oms.stores.config.scarcity import ScarcityStore, text_of
from oms.stores.config.store import ConfigStore
from oms.stores.dynamo.table import Table
from oms.usecases.looking_ahead import price_scarcity as price_scarcity_module
from oms.usecases.looking_ahead.deps import LookingAhead
from oms.usecases.looking_ahead.price_scarcity import ScarcityRun, price_scarcity
from oms.usecases.looking_ahead.rate_nodes import EVERY_S, rate_nodes
from tests.cloud import World, receive

PAIR = kind_of("FR", "standard", [("SKU-001", 1), ("SKU-002", 1)])
ALONE = kind_of("FR", "standard", [("SKU-001", 1)])


@dataclass
class Told:
    """History as told; keeps what it was asked."""

    seen: Mapping[OrderKind, int]
    asked: list[tuple[int, int]] = field(default_factory=list)
    asked_outcomes: list[int] = field(default_factory=list)

    def outcomes(self, now: int, days: int) -> Mapping[str, tuple[int, int]]:
        self.asked_outcomes.append(days)
        return {"dc-lille": (80, 10)}

    def ordered(self, now: int, days: int) -> Mapping[OrderKind, int]:
        self.asked.append((now, days))
        return self.seen


class Written(dict[str, Sequence[Mapping[str, Any]]]):
    """What was put in the lake."""

    def put(self, key: str, lines: Sequence[Mapping[str, Any]]) -> None:
        self[key] = lines


def book_of(world: World) -> ScarcityStore:
    return ScarcityStore(Table(world.client, "Config"))


def run(
    world: World,
    seen: Mapping[OrderKind, int],
    horizon: Horizon | None = None,
    lake: Written | None = None,
) -> ScarcityRun:
    deps = looking_ahead(world, Told(seen), Written() if lake is None else lake)
    return price_scarcity(horizon or Horizon(), left_s=lambda: 60.0, deps=deps)


def looking_ahead(world: World, history: Told, lake: Written, now: int = 0) -> LookingAhead:
    return LookingAhead(
        history=history,
        rejections=history,
        lake=lake,
        scarcity=book_of(world),
        reports=ReportStore(Table(world.client, "Config")),
        stock=world.stock.availability,
        config=world.config,
        now=now or world.now,
    )


def stocked(world: World) -> None:
    """Lille alone can send both in one parcel; Leipzig has the first, too, at 150 more."""
    world.config.put_node(replace(world.config.node("dc-leipzig"), handling_cost=150))
    for sku, node, units in (
        ("SKU-001", "dc-lille", 10),
        ("SKU-002", "dc-lille", 10),
        ("SKU-001", "dc-leipzig", 10),
    ):
        receive(world, sku, node, units)


def test_what_later_orders_need_is_published_with_a_version(world: World) -> None:
    stocked(world)
    lake = Written()
    priced = run(world, {PAIR: 10_000, ALONE: 9_000}, lake=lake)
    assert (priced.version, priced.kinds, priced.skus, priced.published) == (1, 2, 2, True)
    last = book_of(world).last()
    assert last is not None
    assert (last.at, last.until) == (world.now, world.now + HOLDS_S)
    assert set(last.prices) == {("SKU-001", "dc-lille")}
    assert 150 < last.prices["SKU-001", "dc-lille"] < 490
    assert world.config.outlook().prices == last, "decisions read what was published"
    [(key, [line])] = lake.items()
    assert key == "prices/dt=2026-11-24/0820-00000001.jsonl"
    assert prices_of(json.loads(json.dumps(line))) == last, "a replay reads what was published"


def test_a_run_again_is_the_next_version_and_follows_the_stock(world: World) -> None:
    stocked(world)
    run(world, {PAIR: 10_000, ALONE: 9_000})
    receive(world, "SKU-001", "dc-lille", 500, id="plenty")
    again = run(world, {PAIR: 10_000, ALONE: 9_000})
    assert again.version == 2
    last = book_of(world).last()
    assert last is not None
    assert last.prices == {}


def test_of_two_runs_at_once_one_publishes(world: World) -> None:
    book = book_of(world)
    book.publish(ScarcityPrices(1, 5, 9, {}))
    with pytest.raises(LostRace):
        book.publish(ScarcityPrices(1, 6, 10, {}))
    book.publish(ScarcityPrices(2, 7, 11, {}))
    with pytest.raises(LostRace):
        book.publish(ScarcityPrices(2, 8, 12, {}))
    last = book.last()
    assert last is not None
    assert (last.version, last.at) == (2, 7)


def test_a_shop_without_orders_has_no_prices(world: World) -> None:
    assert run(world, {}) == ScarcityRun(1, 0, 0, 0, published=True)


def test_the_days_looked_back_on_are_those_asked_for(world: World) -> None:
    history = Told({})
    horizon = Horizon(back_days=3, ahead_days=14)
    deps = looking_ahead(world, history, Written())
    price_scarcity(horizon, left_s=lambda: 60.0, deps=deps)
    assert history.asked == [(world.now, 3)]


def test_prices_come_with_the_rest_of_the_configuration(world: World) -> None:
    """No read of their own: `warm` has read them."""
    book_of(world).publish(ScarcityPrices(1, 5, 9, {("SKU-001", "dc-lille"): 60}))
    config = ConfigStore(Table(world.client, "Config"), lambda: 0.0)
    config.warm("web", ["SKU-001"])
    config.table = None  # type: ignore[assignment]
    found = config.outlook().prices
    assert found is not None
    assert found.prices == {("SKU-001", "dc-lille"): 60}
    assert config.outlook().prices is found, "parsed once"


def test_the_object_never_outgrows_its_limit() -> None:
    many = {(f"{'S' * 50}{n:06d}", f"node-{n % 9}"): 10**6 + n for n in range(9_000)}
    prices = ScarcityPrices(1, 0, 0, fitting(many))
    assert len(text_of(prices).encode()) <= MAX_SCARCITY_BYTES


def test_nodes_are_rated_once_an_hour_and_decisions_read_it_with_the_rest(world: World) -> None:
    history, reports = Told({}), ReportStore(Table(world.client, "Config"))

    def rate(later_s: int) -> int:
        return rate_nodes(deps=looking_ahead(world, history, Written(), world.now + later_s))

    assert [rate(later_s) for later_s in (0, 900, EVERY_S)] == [1, 1, 1]
    assert history.asked_outcomes == [30, 30]
    reports.rate({"dc-lille": 999}, world.now)  # late: a newer one is there
    config = ConfigStore(Table(world.client, "Config"), lambda: 0.0)
    config.warm("web", ["SKU-001"])
    config.table = None  # type: ignore[assignment]
    assert config.outlook().reports == Reports(0, world.now + EVERY_S, {"dc-lille": 100})


def test_without_time_what_is_wanted_most_is_read_and_priced_as_far_as_it_goes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(price_scarcity_module, "AT_ONCE", 2)
    stocked(world)
    rare = kind_of("FR", "standard", [("SKU-003", 1)])
    times = iter([60.0, 29.0, 40.0, 30.0, 15.0])  # begin, reading, rounds
    history = Told({PAIR: 10_000, ALONE: 9_000, rare: 1_000})
    deps = looking_ahead(world, history, Written())
    priced = price_scarcity(Horizon(), left_s=lambda: next(times), deps=deps)
    assert (priced.skus, priced.unread, priced.rounds, priced.published) == (3, 1, 3, True)
    assert priced.prices == 1, "the best so far"
