"""What the demo's stores promise for click and collect, at any time of any day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from local.seed.network import NODES
from oms.domain.model.demand import Demand
from oms.domain.model.node import PICKUP, STORE, Node
from oms.domain.promising.promise import promise

STORES = {node.id: node for node in NODES if node.kind == STORE}
MONDAY = datetime(2026, 3, 16, tzinfo=UTC)  # two weeks, the change to summer time among them
ASKED = [MONDAY + timedelta(minutes=15 * n) for n in range(14 * 24 * 4)]
LONGEST_CLOSED = timedelta(days=4)


def minutes_open(store: Node, since: datetime, until: datetime) -> float:
    """Counted from the hours on the door, apart from the calendar that is tested."""
    zone, total = ZoneInfo(store.timezone), 0.0
    day = since.astimezone(zone).date()
    while day <= until.astimezone(zone).date():
        for opens, closes in store.hours.get(day.weekday(), ()):
            span = [datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone)
                    for clock in (opens, closes)]  # fmt: skip
            both = min(span[1], until).timestamp() - max(span[0], since).timestamp()
            total += max(0.0, both)
        day += timedelta(days=1)
    return total / 60


@pytest.mark.parametrize("store", STORES)
def test_a_pickup_is_ready_after_one_to_two_opening_hours(store: str) -> None:
    node = STORES[store]
    demand = Demand((), node.address.country, method=PICKUP, node=store)
    for asked in ASKED:
        promised = promise(node, None, demand, int(asked.timestamp()))
        assert promised
        ready = datetime.fromisoformat(promised.ready_by)
        assert 60 <= minutes_open(node, asked, ready) <= 120, (asked, promised)
        assert ready - asked < LONGEST_CLOSED
