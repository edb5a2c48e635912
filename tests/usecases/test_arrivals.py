"""What left is watched until it is there: late once, told once, counted once, however it runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from oms.domain.errors import LostRace
from oms.domain.model import fulfilment as fo
from oms.domain.model.promise import Promise
from oms.domain.notifying.delays import DELAYED
from oms.domain.promising.outcomes import PromiseTally
from oms.domain.promising.punctuality import LaneRecord
from oms.edge.streams import Change
from oms.stores.orders import keys
from oms.stores.promises.store import PromiseStore
from tests.cloud import world
from tests.usecases.arrivals import (
    DAY,
    FRIDAY_NOON,
    LANE,
    MONDAY,
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


def test_what_is_on_time_is_counted_and_never_written(floor: Arrivals) -> None:
    assert floor.track("DELIVERED", at=DAY) == ("deliver",)
    before = floor.part
    assert floor.look(FRIDAY_NOON - 1).found == {}, "the day is not over"
    assert floor.look(FRIDAY_NOON).found == {"there": 1}
    assert floor.part == before
    assert floor.kept() == {"web": PromiseTally({-1: 1}, lane=LaneRecord(1, 1))}
    assert floor.kept("lane").keys() == {LANE}
    assert floor.kept("node", node="store-lyon") == {}
    assert floor.look(FRIDAY_NOON + DAY).found == {}
    assert floor.kept()["web"].parts == 1


def test_what_does_not_come_is_late_once_and_has_a_new_day_that_is_told_once(
    floor: Arrivals,
) -> None:
    assert floor.look(FRIDAY_NOON).found == {"late": 1}
    part = floor.part
    assert part.flags == {"LATE"}
    assert part.promise is not None
    assert part.promise.deliver_by == THURSDAY, "what was promised stays on record"
    assert part.expected is not None
    assert part.expected.deliver_by == MONDAY, "carried as if it left today"
    assert floor.tell("fulfilment.delayed") == [DELAYED]
    assert floor.tell("fulfilment.delayed") == []
    assert floor.look(FRIDAY_NOON + 60).found == {}
    assert floor.part == part
    assert floor.awaited(MONDAY) == [(ORDER, 1)]
    assert floor.cases == []


def test_what_does_not_come_by_the_new_day_either_is_shown_to_a_human(floor: Arrivals) -> None:
    floor.look(FRIDAY_NOON)
    assert floor.look(TUESDAY_NOON).found == {"missing": 1}
    assert floor.cases == [("NOT_DELIVERED", "OPEN")]
    assert floor.kept() == {"web": PromiseTally(missing=1, lane=LaneRecord(1, 0))}
    assert floor.look(TUESDAY_NOON + DAY).found == {}
    assert floor.track("DELIVERED", at=60) == ("deliver",)
    assert floor.part.flags == frozenset()
    assert floor.cases == [("NOT_DELIVERED", "RESOLVED")], "delivered clears it"


def test_delivered_late_counts_the_days(floor: Arrivals) -> None:
    floor.look(FRIDAY_NOON)
    floor.track("DELIVERED")
    assert floor.look(TUESDAY_NOON).found == {"there": 1}
    assert floor.kept() == {"web": PromiseTally({1: 1}, lane=LaneRecord(1, 0))}


def test_a_carrier_that_names_a_later_day_puts_the_promise_at_risk(floor: Arrivals) -> None:
    assert floor.track("IN_TRANSIT", 1, eta=THURSDAY) == ("track",)
    assert floor.track("IN_TRANSIT", 2, eta="2126-11-30") == ("track",), "a slip of its clock"
    assert floor.track("IN_TRANSIT", 3, eta=MONDAY) == ("at_risk",)
    assert floor.track("IN_TRANSIT", 3, eta=MONDAY) == ()
    assert (floor.part.flags, floor.part.tracking_status) == ({"AT_RISK"}, "IN_TRANSIT")
    assert floor.tell("fulfilment.at_risk") == [DELAYED]
    assert floor.tell("fulfilment.at_risk") == []
    assert floor.track("IN_TRANSIT", 4, eta=MONDAY) == ("track",)
    assert floor.look(FRIDAY_NOON).found == {"wait": 1}, "looked at again on that day"
    assert floor.awaited(MONDAY) == [(ORDER, 1)]
    floor.track("DELIVERED")
    assert floor.part.flags == frozenset()
    assert floor.look(TUESDAY_NOON).found == {"there": 1}
    assert floor.kept()["web"].days == {1: 1}, "by what was promised, not by what was told later"


def test_what_the_carrier_gave_up_is_broken_and_has_its_own_case(floor: Arrivals) -> None:
    floor.track("FAILURE", 5)
    assert floor.look(FRIDAY_NOON).found == {"missing": 1}
    assert [case["sk"] for case in floor.order.cases] == ["CASE#DELIVERY_FAILED#01"]


def test_a_run_that_dies_before_it_settles_is_healed_by_the_next(
    floor: Arrivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(PromiseStore, "settle", dies)
        assert [str(error) for error in floor.look(FRIDAY_NOON).errors] == ["killed"]
    version = floor.part.version
    assert floor.look(FRIDAY_NOON).found == {"wait": 1}, "it is late already, and told"
    assert floor.part.version == version
    assert floor.awaited(MONDAY) == [(ORDER, 1)]


def test_two_runs_of_one_list_count_it_once(floor: Arrivals) -> None:
    floor.track("DELIVERED", at=DAY)
    lists = floor.book.awaited(THURSDAY, after="", limit=10)
    floor.look(FRIDAY_NOON)
    with pytest.raises(LostRace):
        floor.book.settle(lists, {}, [])
    assert floor.kept()["web"].parts == 1


def test_a_batch_that_is_told_again_awaits_nothing_twice(floor: Arrivals) -> None:
    for _ in range(2):
        assert floor.note() == 1
    assert floor.awaited() == [(ORDER, 1)]
    elsewhere = replace(floor.stream(), id="2")
    floor.note(elsewhere)  # it began with another change this time
    floor.track("DELIVERED", at=DAY)
    assert floor.look(FRIDAY_NOON).found == {"there": 1}
    assert floor.kept()["web"].parts == 1


def test_other_changes_are_not_awaited(floor: Arrivals) -> None:
    floor.track("IN_TRANSIT", 7)
    assert floor.note() == 0
    shipped = replace(floor.stream(), new={"last": {"k": "ship", "at": 1, "by": "x"}, "v": 9})
    assert floor.note(shipped) == 0, "nothing was promised"


def test_what_leaves_long_after_its_day_is_looked_at_all_the_same(floor: Arrivals) -> None:
    row = dict(floor.stream().new or {})
    late = {**row, "last": {**row["last"], "k": "ship", "at": floor.now + 60 * DAY}}
    assert floor.note(replace(floor.stream("9"), new=late)) == 1
    assert floor.awaited("2027-01-16") == [(ORDER, 1)]


def test_a_full_batch_makes_lists_that_fit_a_transaction(floor: Arrivals) -> None:
    row = floor.stream().new or {}
    batch = [
        Change(str(n), keys.order_pk(f"{n:016d}"), keys.part_sk(1), None, row, floor.now)
        for n in range(120)
    ]
    assert floor.note(*batch) == 120
    assert [len(each.parts) for each in floor.book.awaited(THURSDAY, after="", limit=9)][:3] == [
        50,
        50,
        20,
    ]
    found = floor.look(FRIDAY_NOON)
    assert (found.found, found.errors) == ({"late": 1}, []), "orders that are not there are passed"
    assert floor.awaited() == []


def test_a_pickup_is_measured_by_when_it_lay_ready() -> None:
    with world() as cloud:
        shop = Arrivals(cloud)
        ready = Promise("PICKUP", ready_by="2026-11-24T12:00:00+01:00")
        assigned(shop, "PICKUP", promise=ready)
        bring(shop, fo.READY_FOR_PICKUP)
        assert shop.note() == 1
        assert shop.look(FRIDAY_NOON).found == {"there": 1}
        assert shop.kept("method") == {"PICKUP": PromiseTally({0: 1})}
        assert shop.kept("lane") == {"": PromiseTally({0: 1})}


def test_a_marketplace_tells_its_customers_of_parcels_itself(floor: Arrivals) -> None:
    row = floor.orders.table.get(keys.order_pk(ORDER), keys.SNAPSHOT)
    assert row is not None
    theirs = {**row["promise"], "source": "EXTERNAL"}
    floor.orders.table.put_always({**row, "promise": theirs})
    assert floor.look(FRIDAY_NOON).found == {"late": 1}
    assert floor.tell("fulfilment.delayed") == []
