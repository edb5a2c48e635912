"""A shop floor whose parts are watched after they left: shipped on Tuesday, promised for Thursday."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from oms.domain.model import fulfilment as fo
from oms.domain.model.promise import Promise
from oms.domain.promising.outcomes import AccuracyRequest, PromiseTally
from oms.edge.streams import Change
from oms.gateways.notifications.outbox import Outbox
from oms.gateways.notifications.templates import render
from oms.stores.config.lanes import LaneStore
from oms.stores.dynamo.table import Table
from oms.stores.orders import keys
from oms.stores.promises.store import PromiseStore
from oms.usecases.notifying.deps import Notifying
from oms.usecases.notifying.notify_customer import notify_customer
from oms.usecases.preparing.track_parcel import track_parcel
from oms.usecases.watching.check_arrivals import Looked, check_arrivals
from oms.usecases.watching.deps import Watching
from oms.usecases.watching.list_arrivals import list_arrivals
from oms.usecases.watching.read_accuracy import read_accuracy
from tests.cloud import world
from tests.usecases.staff_floor import ORDER, Floor, assigned, bring, snapshot

DAY = 86_400
THURSDAY = "2026-11-26"  # promised; the floor's day is Tuesday
MONDAY = "2026-11-30"
FRIDAY_NOON = 1_795_780_800  # Thursday is over, and twelve hours
TUESDAY_NOON = FRIDAY_NOON + 4 * DAY
LANE = "tariff/standard/FR-FR"


class Arrivals(Floor):
    """A floor whose stream is followed by what notes arrivals."""

    @property
    def book(self) -> PromiseStore:
        return PromiseStore(Table(self.world.client, "Promises"))

    @property
    def lanes(self) -> LaneStore:
        return LaneStore(Table(self.world.client, "Config"))

    def stream(self, id: str = "1") -> Change:
        """The part's last change, as its stream tells of it."""
        row = self.orders.table.get(keys.order_pk(ORDER), keys.part_sk(1))
        assert row is not None
        return Change(id, row["pk"], row["sk"], None, row, self.now)

    @property
    def watching(self) -> Watching:
        return Watching(self.book, self.lanes, self.orders, self.config, self.now)

    def note(self, *changes: Change) -> int:
        lists = list_arrivals(changes or (self.stream(),))
        self.book.await_parts(lists)
        return sum(len(each.parts) for each in lists)

    def look(self, now: int) -> Looked:
        self.now = now
        return check_arrivals(deps=self.watching)

    def tell(self, event: str) -> list[str]:
        goods = self.world.goods
        deps = Notifying(self.orders, self.config, Outbox(), Outbox(), render, goods, str, self.now)
        return notify_customer(ORDER, event, 1, cause="e", deps=deps)

    def track(self, status: str, at: int = 0, **more: Any) -> tuple[str, ...]:
        return track_parcel(self.scan(status, at, **more), deps=self.deps).events

    def kept(self, by: str = "channel", **only: str) -> dict[str, PromiseTally]:
        asked = AccuracyRequest(date(2026, 11, 1), date(2026, 12, 31), by, only)
        return read_accuracy(asked, deps=self.watching)[0]

    def awaited(self, day: str = THURSDAY) -> list[tuple[str, int]]:
        lists = self.book.awaited(day, after="", limit=100)
        return [part for each in lists for part in each.parts]

    @property
    def cases(self) -> list[tuple[str, str]]:
        return [(case["reason"], case["status"]) for case in self.order.cases]


@contextmanager
def on_its_way() -> Iterator[Arrivals]:
    """Shipped on Tuesday, promised for Thursday."""
    with world() as cloud:
        made = Arrivals(cloud)
        promised = replace(
            snapshot("SHIP"), promise=Promise("SHIP", ship_by="2026-11-24", deliver_by=THURSDAY)
        )
        assigned(made, promised=THURSDAY)
        table = made.orders.table
        row = table.get(keys.order_pk(ORDER), keys.SNAPSHOT)
        assert row is not None
        assert promised.promise is not None
        table.put_always({**row, "promise": {"method": "SHIP", "deliver_by": THURSDAY}})
        bring(made, fo.SHIPPED)
        made.note()
        yield made
