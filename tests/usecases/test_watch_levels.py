"""What is low, out, back or too much is told once, be it looked at twice or died half-way."""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain.model.product import Product
from oms.domain.model.stock_levels import StockAlerts
from oms.domain.stock import movements
from oms.domain.stock.ledger import SECONDS_A_DAY, LedgerBalance
from oms.stores.audit.store import AuditStore
from oms.stores.dynamo.table import Table
from oms.stores.levels.store import LevelStore
from oms.stores.stock.cases import StockCaseStore
from oms.usecases.alerting.deps import Alerting
from oms.usecases.alerting.watch_levels import watch_levels
from tests.cloud import World, receive

SKU, LILLE, PARIS, DROP = "SKU-001", "dc-lille", "store-paris", "drop-milano"


class Levels(LevelStore):
    """Remembers each event it wrote; the `dies`-th write from now does not happen."""

    events: list[str]
    dies = 0

    def _put(self, sku: str, sk: str, content: dict[str, Any], version: int) -> None:
        self.dies -= 1
        if self.dies == 0:
            raise ConnectionError
        super()._put(sku, sk, content, version)
        self.events.append(f"{sk} {content['last']['k']}")


class Shelf:
    """A SKU in the network, and who watches it."""

    def __init__(self, world: World) -> None:
        self.world, self.moves = world, 0
        self.levels = Levels(Table(world.client, "Stock"))
        self.levels.events = []
        self.cases = StockCaseStore(Table(world.client, "Stock"))
        self.books = AuditStore(Table(world.client, "Audit"))

    def configure(self, **alerts: Any) -> None:
        self.world.config.put(f"PRODUCT#{SKU}", Product(SKU, SKU, alerts=StockAlerts(**alerts)))

    def move(self, units: int, node: str = LILLE) -> None:
        self.moves += 1
        if units > 0:
            receive(self.world, SKU, node, units, id=f"m{self.moves}")
        else:
            gone = movements.adjust(f"m{self.moves}", SKU, node, units, cause="lost", actor="ann")
            self.world.stock.movements.book(gone, now=self.world.now)

    def sold(self, a_day: int) -> None:
        today = self.world.now // SECONDS_A_DAY
        shipped = {today - n: a_day for n in range(28)}
        self.books.put_ledger(SKU, LILLE, LedgerBalance(1, {}, shipped), before=LedgerBalance())

    def deps(self) -> Alerting:
        w = self.world
        return Alerting(
            w.stock.items, self.books, self.books, w.config, self.levels, self.cases, w.now
        )

    def look(self) -> list[str]:
        """What one more look tells."""
        before = len(self.levels.events)
        watch_levels(SKU, self.deps())
        return [each.removeprefix("LEVEL#") for each in self.levels.events[before:]]

    def open(self) -> list[str]:
        every = self.cases.cases(SKU)
        return [f"{case['kind']} {case['node']}" for case in every if case["status"] == "OPEN"]


@pytest.fixture
def shelf(world: World) -> Shelf:
    return Shelf(world)


def test_each_change_is_told_once_and_its_case_closes_itself(shelf: Shelf) -> None:
    shelf.configure(low_stock=3, target_days=14, channels=("web", "amazon"))
    shelf.sold(1)
    for units, told, cases in (
        (10, [], []),
        (-7, ["* low"], ["STOCK_LOW *"]),
        (-3, ["CAMPAIGN pause", "* out"], ["STOCK_OUT *"]),
        (2, ["CAMPAIGN resume", "* back", "* low"], ["STOCK_LOW *"]),
        (12, ["* normal"], []),
        (1, ["* over"], ["STOCK_OVER *"]),
        (-5, ["* normal"], []),
    ):
        shelf.move(units)
        assert (shelf.look(), shelf.look(), shelf.open()) == (told, [], cases)
    campaign = shelf.levels.of_sku(SKU).campaign
    assert campaign
    assert (campaign["status"], campaign["channels"]) == ("RUNNING", ["web", "amazon"])


def test_without_a_number_low_is_the_reorder_point(shelf: Shelf) -> None:
    shelf.sold(2)  # 2 × 7 days, and 1.645 × 2 × 1.5 for the spread of the lead time: 19
    shelf.move(20)
    assert shelf.look() == []
    shelf.move(-1)
    assert shelf.look() == ["* low"]
    row = shelf.levels.of_sku(SKU).levels["*"]
    assert (row["available"], row["low"]) == (19, 19)


def test_what_is_sold_ever_less_is_looked_at_again_each_day_until_it_stands_still(
    shelf: Shelf,
) -> None:
    shelf.configure(target_days=14)
    shelf.sold(1)
    shelf.move(14)
    today = shelf.world.now // SECONDS_A_DAY
    told = []
    for day in range(today, today + 30):
        shelf.world.now = day * SECONDS_A_DAY
        for look in shelf.books.due(day, 9) or ([(0, SKU)] if day == today else []):
            told += [(day - today, news) for news in shelf.look()]
            shelf.books.looked(*look)
    assert told == [(1, "* over")], "14 last for more than 14 days from then on"
    assert shelf.books.due(today + 99, 9) == [], "28 days after the last sale nothing is left"


def test_a_watched_node_has_a_level_of_its_own(shelf: Shelf) -> None:
    shelf.configure(nodes={PARIS: 2}, pause_at_low=True)
    shelf.move(9)
    shelf.move(2, PARIS)
    assert shelf.look() == [f"{PARIS} low"]
    shelf.move(-2, PARIS)
    assert (shelf.look(), shelf.open()) == ([f"{PARIS} out"], [f"STOCK_OUT {PARIS}"])
    shelf.configure()
    assert (shelf.look(), shelf.open()) == ([f"{PARIS} back"], []), "it is not watched any more"


def test_stock_of_drop_shippers_is_not_ours(shelf: Shelf) -> None:
    shelf.move(1, DROP)
    shelf.move(-1, DROP)
    assert shelf.look() == []


@pytest.mark.parametrize("dies", [1, 2, 3])
def test_who_dies_half_way_is_healed_by_the_next_look(shelf: Shelf, dies: int) -> None:
    """Out, then back but low: a pause undone and two levels, three writes."""
    shelf.configure(low_stock=3)
    shelf.move(1)
    shelf.move(-1)
    shelf.look()
    shelf.move(1)
    before = len(shelf.levels.events)
    shelf.levels.dies = dies
    with pytest.raises(ConnectionError):
        shelf.look()
    shelf.look()
    told = shelf.levels.events[before:]
    assert told == ["CAMPAIGN resume", "LEVEL#* back", "LEVEL#* low"]
    assert (shelf.open(), shelf.look()) == (["STOCK_LOW *"], [])


def test_of_two_at_once_one_tells(shelf: Shelf) -> None:
    shelf.configure(low_stock=3)
    shelf.move(1)
    read = shelf.levels.of_sku
    stale = [read(SKU)]
    assert shelf.look() == ["* low"]
    shelf.levels.of_sku = lambda sku: stale.pop() if stale else read(sku)  # type: ignore[method-assign]
    assert (shelf.look(), stale) == ([], []), "it lost, looked again, and all was told"
    assert shelf.open() == ["STOCK_LOW *"]


def test_a_human_who_closes_a_case_is_not_asked_again(shelf: Shelf) -> None:
    shelf.configure(low_stock=3)
    shelf.move(1)
    shelf.look()
    shelf.cases.close_case(SKU, "*", "STOCK_LOW", {"note": "on order"})
    shelf.move(1)
    assert (shelf.look(), shelf.open()) == ([], [])
