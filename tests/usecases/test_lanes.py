"""What a lane is measured by, and how its margin reaches the next promise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oms.domain.model import fulfilment as fo
from oms.domain.model.address import Address
from oms.domain.promising.outcomes import PromiseTally
from oms.domain.promising.punctuality import LaneRecord, Margin, MarginTerms
from oms.stores.orders import keys
from oms.usecases.watching.learn_lanes import learn_lanes
from tests.cloud import world
from tests.usecases.arrivals import (
    DAY,
    FRIDAY_NOON,
    LANE,
    THURSDAY,
    TUESDAY_NOON,
    Arrivals,
    on_its_way,
)
from tests.usecases.staff_floor import ORDER, assigned, bring


@pytest.fixture
def floor() -> Iterator[Arrivals]:
    with on_its_way() as made:
        yield made


def test_margins_are_learned_from_what_was_carried_and_reach_the_next_promise(
    floor: Arrivals,
) -> None:
    floor.look(FRIDAY_NOON)
    floor.look(TUESDAY_NOON)
    deps = floor.watching
    assert learn_lanes(MarginTerms(least_parcels=2), 90, deps=deps)[1] == {}
    record = LaneRecord(1, 0)
    assert learn_lanes(MarginTerms(least_parcels=1), 90, deps=deps) == (
        {LANE: record},
        {LANE: Margin(1, record)},
    )
    assert floor.lanes.margins() == (floor.now, {LANE: Margin(1, record)})
    floor.config.cached.clear()
    found = {each.service: dict(each.margins) for each in floor.config.services()}
    assert found == {"standard": {"FR-FR": 1}, "express": {}}
    assert learn_lanes(MarginTerms(least_parcels=1), 1, deps=deps)[1] == {}, "that was longer ago"
    floor.config.cached.clear()
    assert not any(each.margins for each in floor.config.services())


def test_a_node_that_left_late_is_not_its_carriers_fault(floor: Arrivals) -> None:
    """Handed over on Thursday only: the carrier has until Friday."""
    with world() as cloud:
        slow = Arrivals(cloud)
        assigned(slow, promised=THURSDAY, due=None)
        slow.now += 2 * DAY
        bring(slow, fo.SHIPPED)
        slow.note()
        slow.track("DELIVERED", at=DAY)
        assert slow.look(FRIDAY_NOON).found == {"there": 1}
        assert slow.kept() == {"web": PromiseTally({1: 1}, lane=LaneRecord(1, 1))}


def test_a_parcel_of_a_suppliers_own_carrier_is_late_too_but_measures_no_lane() -> None:
    with world() as cloud:
        floor = Arrivals(cloud)
        assigned(floor, promised=THURSDAY, purchase=True)
        floor.act("shipped-notice")
        floor.note()
        assert floor.look(FRIDAY_NOON).found == {"late": 1}
        assert floor.part.expected is not None
        assert floor.part.expected.deliver_by == "2026-11-29", "nobody knows this carrier's days"
        assert floor.look(FRIDAY_NOON + 3 * DAY).found == {"missing": 1}
        assert floor.kept("lane") == {"Corriere/standard/FR-FR": PromiseTally(missing=1)}


def test_an_address_that_no_carrier_of_ours_goes_to_has_a_day_all_the_same(
    floor: Arrivals,
) -> None:
    table = floor.orders.table
    row = table.get(keys.order_pk(ORDER), keys.SNAPSHOT)
    assert row is not None
    floor.config.put("CARRIERS", {"services": []})
    table.put_always({**row, "ship_to": {"country": "NZ", **_plain(Address("Z", "1", "W", "NZ"))}})
    assert floor.look(FRIDAY_NOON).found == {"late": 1}
    assert floor.part.expected is not None
    assert floor.part.expected.deliver_by == "2026-11-29"


def _plain(address: Address) -> dict[str, str]:
    return {"name": address.name, "line1": address.line1, "city": address.city}
