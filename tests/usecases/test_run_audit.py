"""The auditor: waits for what is under way, tells what stays with both values, repairs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from oms.domain.limits.stock import MAX_AUDIT_LOOKS
from oms.domain.model.signals import HOLDS_S, Signals
from oms.domain.publishing.lake_lines import line_of
from oms.domain.sourcing.outlook import with_outlook
from oms.domain.stock import movements
from oms.edge.streams import Change
from oms.ports.auditing import LakeObject
from oms.stores.audit.store import AuditStore
from oms.stores.config.reports import ReportStore
from oms.stores.dynamo.table import Table
from oms.stores.levels.store import LevelStore
from oms.stores.stock.cases import StockCaseStore
from oms.stores.stock.signals import StockSignalStore
from oms.usecases.alerting.deps import Alerting
from oms.usecases.auditing import run_audit as run_audit_module
from oms.usecases.auditing.deps import Auditing
from oms.usecases.auditing.run_audit import AuditReport, run_audit
from tests.cloud import World, receive
from tests.orders import assigned, place

SKU, NODE = "SKU-001", "dc-lille"
KEY = {"pk": {"S": f"SKU#{SKU}"}, "sk": {"S": f"NODE#{NODE}"}}
GRACE_S = 1200


class Lake:
    """Notes and lines; `alive`: whether executions run."""

    def __init__(self, world: World) -> None:
        self.world, self.objects, self.waiting = world, {}, []  # type: ignore[var-annotated]
        self.alive = True
        self.looks = 1

    def add(self, *lines: Mapping[str, Any], folder: str = "stock") -> None:
        key = f"{folder}/{len(self.objects)}"
        self.objects[key] = list(lines)
        self.waiting.append(key)

    def moved(self) -> None:
        """The stream brought the item's last movement."""
        row = self.world.stock.table.get(KEY["pk"]["S"], KEY["sk"]["S"])
        line = line_of(Change("1", KEY["pk"]["S"], KEY["sk"]["S"], None, row, self.world.now))
        assert line
        self.add(line)

    def touched(self, order: str) -> None:
        self.add({"order_id": order}, folder="orders")

    def take(self, most: int) -> list[LakeObject]:
        return [LakeObject(key, key, self.looks) for key in self.waiting[:most]]

    def done(self, notes: Iterable[LakeObject]) -> None:
        gone = {note.key for note in notes}
        self.waiting = [key for key in self.waiting if key not in gone]

    def lines(self, key: str) -> list[Mapping[str, Any]]:
        return list(self.objects[key])

    def running(self, kind: str, name: str) -> bool:
        return self.alive


@pytest.fixture
def lake(world: World) -> Lake:
    found = Lake(world)
    receive(world, SKU, NODE, 5)
    found.moved()
    return found


def cases(world: World) -> StockCaseStore:
    return StockCaseStore(Table(world.client, "Stock"))


def audit(world: World, lake: Lake, later_s: int = 0) -> AuditReport:
    world.now += later_s
    books = AuditStore(Table(world.client, "Audit"))
    levels = LevelStore(Table(world.client, "Stock"))
    deps = Auditing(
        queue=lake, lake=lake, books=books, orders=world.orders, reservations=world.reservations,
        stock=world.stock.items, cases=cases(world), executions=lake,
        signals=StockSignalStore(Table(world.client, "Stock")),
        reports=ReportStore(Table(world.client, "Config")),
        alerting=Alerting(
            world.stock.items, books, books, world.config, levels, cases(world), world.now
        ),
        now=world.now,
    )  # fmt: skip
    return run_audit(GRACE_S, deps)


def told(report: AuditReport) -> list[tuple[str, object, object]]:
    return [(f"{c.invariant} {c.what}", c.expected, c.found) for c in report.cases]


def touch(world: World, change: str, **values: int) -> None:
    numbers = {f":{name}": {"N": str(value)} for name, value in values.items()}
    world.client.update_item(
        TableName="Stock", Key=KEY, UpdateExpression=change, ExpressionAttributeValues=numbers
    )


def test_what_is_under_way_is_suspected_and_forgotten(world: World, lake: Lake) -> None:
    place(world, {SKU: 2})  # its movement is not in the lake yet
    first = audit(world, lake)
    assert (first.suspects, told(first), lake.waiting) == (1, [], [])
    lake.moved()
    assert audit(world, lake, GRACE_S).suspects == 0
    assert told(audit(world, lake, GRACE_S)) == []


def test_what_stays_wrong_is_told_once(world: World, lake: Lake) -> None:
    touch(world, "ADD oh :n, av :n", n=1)
    assert told(audit(world, lake)) == []
    assert told(audit(world, lake, GRACE_S)) == [("I2 ledger on_hand", 5, 6)]
    assert told(audit(world, lake, GRACE_S)) == []
    (case,) = cases(world).cases(SKU)
    assert (case["expected"], case["found"], case["status"]) == ("5", "6", "OPEN")


def test_a_ledger_waits_for_the_movement_that_it_lacks_but_not_for_ever(
    world: World, lake: Lake
) -> None:
    place(world, {SKU: 2})
    lake.objects[lake.waiting[0]] = []
    lake.moved()
    assert told(audit(world, lake)) == []
    assert len(lake.waiting) == 1, "the second movement waits for the first"
    lake.looks = MAX_AUDIT_LOOKS
    assert told(audit(world, lake)) == [("I2 version", 1, 2)]
    assert lake.waiting == []


def test_a_late_object_is_folded_where_it_belongs(world: World, lake: Lake) -> None:
    place(world, {SKU: 2})
    first = lake.waiting.pop()
    lake.moved()
    audit(world, lake)
    lake.waiting.append(first)
    report = audit(world, lake, GRACE_S)
    assert (told(report), lake.waiting, report.suspects) == ([], [], 0)


def test_a_claim_without_an_owner_and_an_owner_without_its_claim(world: World, lake: Lake) -> None:
    order = assigned(world, {SKU: 2})
    claim = f"{order.id}.1"
    lake.moved()
    world.stock.movements.move(movements.allocate("NOBODY.1", SKU, NODE, 1))
    lake.moved()
    world.stock.movements.move(movements.soft_hold("NOCART.0", SKU, NODE, 1))
    lake.moved()
    world.stock.movements.move(movements.deallocate(claim, SKU, NODE, 2))
    lake.moved()
    lake.touched(order.id)
    audit(world, lake)
    assert sorted(told(audit(world, lake, GRACE_S)), key=str) == [
        (f"I3 claim {claim} of {SKU}@{NODE}", "A2", ""),
        ("I3 claim NOBODY.1", "", "A1"),
        ("I4 claim NOCART.0", "", "H1"),
    ]


def test_an_order_that_nothing_moves_on_is_told(world: World, lake: Lake) -> None:
    order = place(world, {SKU: 2}).snapshot.id
    lake.moved()
    lake.touched(order)
    audit(world, lake)
    assert told(audit(world, lake, GRACE_S)) == []
    lake.alive = False
    lake.touched(order)
    audit(world, lake)
    assert told(audit(world, lake, GRACE_S)) == [
        ("I10 order", "timer, execution or case", "RECEIVED, nothing set")
    ]
    assert world.orders.case(order, "AUDIT_I10", 0)["status"] == "OPEN"


def test_a_shortage_is_told_unless_a_case_names_it(world: World, lake: Lake) -> None:
    place(world, {SKU: 4})
    lake.moved()
    item = world.stock.items.get(SKU, NODE)
    assert item
    lost = replace(movements.adjust("a1", SKU, NODE, -3, cause="fire", actor="ann"), need=None)
    world.stock.movements.book(lost, now=world.now)
    lake.moved()
    audit(world, lake)
    cases(world).open_case(SKU, NODE, "STOCK_SHORTAGE", {"at": world.now})
    assert told(audit(world, lake, GRACE_S)) == []
    cases(world).close_case(SKU, NODE, "STOCK_SHORTAGE", {"note": "found them"})
    touch(world, "ADD fa :n", n=1)
    lake.moved()
    audit(world, lake)
    assert told(audit(world, lake, GRACE_S)) == [("I5 available", "0 or a shortage case", -2)]


def test_a_run_looks_at_the_levels_of_what_moved_sound_or_not(world: World, lake: Lake) -> None:
    lost = movements.adjust("a1", SKU, NODE, -5, cause="fire", actor="ann")
    world.stock.movements.book(lost, now=world.now)
    lake.moved()
    assert audit(world, lake).alerts == 1
    assert [case["kind"] for case in cases(world).cases(SKU)] == ["STOCK_OUT"]
    receive(world, SKU, NODE, 5, id="again")
    lake.moved()
    touch(world, "ADD av :n", n=1)  # nothing is promised from it, but it is there
    assert audit(world, lake).alerts == 1
    assert [case["status"] for case in cases(world).cases(SKU)] == ["RESOLVED"]


def signals(world: World) -> Signals:
    """As the next decision sees them."""
    nodes = world.config.every_node()
    network = world.stock.availability.network([SKU], nodes, consistent=False)
    world.config.cached.clear()
    return with_outlook(network, world.config.outlook(), {}, world.now).signals


def test_sourcing_hears_how_old_stock_is_and_what_sells(world: World, lake: Lake) -> None:
    assert (SKU, NODE) not in signals(world).sold
    audit(world, lake)
    assert dict(signals(world).age) == {(SKU, NODE): 0}
    ship = movements.late_ship("O1.1", SKU, NODE, 4)
    world.stock.movements.book(replace(ship, actor="ann"), now=world.now)
    lake.moved()
    audit(world, lake, later_s=3 * 86_400)
    found = signals(world)
    assert (found.age[SKU, NODE], found.sold[SKU, NODE]) == (3, 1)
    again = world.stock.table.get(f"SKU#{SKU}", "SIGNALS")
    lake.waiting = list(lake.objects)
    audit(world, lake)
    assert world.stock.table.get(f"SKU#{SKU}", "SIGNALS") == again, "told once"
    world.now += HOLDS_S
    assert signals(world).states == {"sold": "STALE", "age": "STALE"}


def test_a_run_that_died_before_it_told_is_made_good_by_the_next(
    world: World, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(StockSignalStore, "publish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            audit(world, lake)
    assert (SKU, NODE) not in signals(world).age
    audit(world, lake)
    assert (SKU, NODE) in signals(world).age


def test_an_auditor_that_is_behind_does_not_say_that_all_is_told(
    world: World, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_audit_module, "MAX_AUDIT_OBJECTS", 1)
    audit(world, lake)
    assert world.config.outlook().reports.folded_at == 0
