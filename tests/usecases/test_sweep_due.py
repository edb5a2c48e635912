"""What happens when nobody acts in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from oms.domain.errors import Fault
from oms.domain.model import fulfilment as fo
from oms.domain.model.channel import Channel
from oms.domain.model.payment import PaymentMeans
from oms.domain.model.promise import Promise
from oms.domain.notifying.messages import messages_for
from oms.domain.preparing import deadlines, steps
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.follow_order import state_changed
from oms.usecases.sweeping.sweep_due import SweptItem
from tests.bundles import bundle
from tests.cloud import receive, world
from tests.orders import authorise, place
from tests.parts import conclude, item
from tests.rerouting import sweep as all_due
from tests.rerouting import swept
from tests.usecases.staff_floor import ORDER, Floor, assigned, floor_with

DAY = 86_400
PACK_BY = 1_795_541_400  # half an hour before the node closes that day
MIDNIGHT = 1_795_564_800  # the end, in UTC, of the day on which the part has to leave


def sweep(floor: Floor, *, after: int = 0, **more: int) -> list[str]:
    floor.now += after
    return swept(floor, **more)


def test_nothing_is_due_before_its_time() -> None:
    with floor_with(fo.ASSIGNED) as floor:
        assert sweep(floor, after=4 * 3600 - 1) == []


def test_a_part_that_nobody_accepts_expires_and_its_stock_is_fine() -> None:
    with floor_with(fo.ASSIGNED) as floor:
        assert sweep(floor, after=4 * 3600) == ["expire"]
        part = floor.part
        assert (part.status, part.due) == (fo.EXPIRED, None)
        assert part.reasons == dict.fromkeys((1, 2, 3), fo.TIMEOUT)
        assert sweep(floor) == []


def test_a_pickup_is_reminded_of_then_lapses() -> None:
    with floor_with(fo.READY_FOR_PICKUP) as floor:
        assert sweep(floor, after=5 * DAY) == ["remind"]
        assert (floor.part.reminded, floor.part.due) == (True, floor.now + 2 * DAY)
        assert sweep(floor, after=2 * DAY - 1) == []
        assert sweep(floor, after=1) == ["lapse"]
        assert floor.part.status == fo.UNCOLLECTED


def test_a_sweep_that_comes_late_still_reminds_first() -> None:
    with floor_with(fo.READY_FOR_PICKUP) as floor:
        assert sweep(floor, after=30 * DAY) == ["remind"]
        assert floor.part.due == floor.now + 2 * DAY


def test_a_channel_without_reminders_lets_the_pickup_lapse() -> None:
    with floor_with(fo.PACKED, "PICKUP") as floor:
        floor.config.put("CHANNEL#web", Channel("web", "Web", "EUR", remind_before_s=0))
        floor.act("shelve")
        assert floor.part.due == floor.now + 7 * DAY
        assert sweep(floor, after=7 * DAY) == ["lapse"]


@pytest.mark.parametrize(
    ("state", "event", "status"),
    [
        (fo.ACCEPTED, "cancel", fo.CANCELLED),
        (fo.PICKING, "cancel", fo.CANCELLED),
        (fo.PICKED, "cancel", fo.CANCELLED),
        (fo.PACKED, "refuse_cancel", fo.PACKED),
        (fo.READY_TO_SHIP, "refuse_cancel", fo.READY_TO_SHIP),
        (fo.READY_FOR_PICKUP, "refuse_cancel", fo.READY_FOR_PICKUP),
    ],
)
def test_a_cancel_request_without_an_answer_gets_the_default(
    state: str, event: str, status: str
) -> None:
    with floor_with(state) as floor:
        before = floor.part.due
        floor.ask_to_cancel()
        assert sweep(floor, after=7200) == [event]
        following = floor.now + 4 * 3600 if status in deadlines.IN_PREPARATION else before
        due = None if event == "cancel" else following
        assert (floor.part.status, floor.part.due) == (status, due)


@pytest.mark.parametrize("state", [fo.ACCEPTED, fo.PICKING, fo.PICKED, fo.PACKED, fo.READY_TO_SHIP])
def test_a_part_that_does_not_leave_when_promised_is_shown_to_a_human(state: str) -> None:
    packed = state in steps.PACKED_OR_LATER
    with floor_with(state) as floor:
        assert sweep(floor, after=4 * 3600) == ["set_deadline"]
        assert floor.part.due == (MIDNIGHT if packed else PACK_BY)
        floor.now = MIDNIGHT - 1
        assert sweep(floor) == ([] if packed else ["at_risk"])
        assert sweep(floor) == []
        assert sweep(floor, after=1) == ["late"]
        assert (floor.part.status, floor.part.due) == (state, MIDNIGHT + DAY)
        assert floor.part.flags == ({"LATE"} if packed else {"AT_RISK", "LATE"})
        assert cases(floor) == [("CASE#MILESTONE#01", "LATE")]
        assert floor.part.expected is not None
        assert floor.part.expected.ship_by == "2026-11-25"
        assert sweep(floor, after=DAY - 1) == []
        assert sweep(floor, after=1) == ["late"], "the new date has passed, too"
        assert floor.part.expected.ship_by == "2026-11-26"


def test_a_pickup_has_to_be_ready_when_promised() -> None:
    with floor_with(fo.PICKING, "PICKUP") as floor:
        promise = Promise(
            "PICKUP", ready_by=datetime.fromtimestamp(floor.now + DAY, UTC).isoformat()
        )
        floor.save("test", promise=promise)
        assert sweep(floor, after=4 * 3600) == ["set_deadline"]
        assert floor.part.due == floor.now - 4 * 3600 + DAY


def test_a_part_that_promised_nothing_is_late_when_its_first_deadline_passed() -> None:
    with floor_with(fo.PICKED) as floor:
        floor.save("test", promise=None)
        assert sweep(floor, after=4 * 3600) == ["late"]


def test_what_left_in_time_is_not_looked_at_again() -> None:
    with floor_with(fo.SHIPPED) as floor:
        assert floor.part.due is None
        assert sweep(floor, after=DAY) == []


def test_a_payer_who_never_answers_gives_the_stock_back() -> None:
    with world() as cloud:
        floor = Floor(cloud)
        receive(cloud, "SKU-001", "dc-lille", 5)
        means = PaymentMeans("card", "sandbox", "tok_late")
        order_id = place(cloud, {"SKU-001": 2}, means=means).snapshot.id
        assert authorise(cloud, order_id) == "PENDING"
        assert item(cloud, "SKU-001")["available"] == 3
        assert sweep(floor, after=DAY - 1) == []
        assert sweep(floor, after=1) == ["expired"]
        order = cloud.orders.get(order_id)
        assert (order.state.status, order.state.cancel_reason) == ("CANCELLED", "PAYMENT_DECLINED")
        assert order.payment is not None
        assert (order.payment.status, order.payment.captured) == ("EXPIRED", 0)
        assert [(row["sk"], row["reason"]) for row in order.cases] == [
            ("CASE#PAYMENT#01", "NO_ANSWER")
        ]
        for _ in range(2):
            follow(floor, order_id)
        assert item(cloud, "SKU-001")["available"] == 5
        told = messages_for(cloud.orders.get(order_id), "order.payment_declined", 0)
        assert [message.status for message in told] == ["PAYMENT_DECLINED"]
        assert conclude(cloud, order_id) == "CANCELLED"
        assert sweep(floor, after=DAY) == []


def test_a_payer_who_answered_is_not_waited_for() -> None:
    with world() as cloud:
        receive(cloud, "SKU-001", "dc-lille", 5)
        order_id = place(cloud, {"SKU-001": 2}).snapshot.id
        assert authorise(cloud, order_id) == "AUTHORISED"
        assert sweep(Floor(cloud), after=2 * DAY) == []


def follow(floor: Floor, order_id: str) -> None:
    state_changed(order_id, None, bundle(Executing, floor.world, now=floor.now))


def cases(floor: Floor) -> list[tuple[str, str]]:
    return [(row["sk"], row["reason"]) for row in floor.order.cases]


def test_a_stale_index_entry_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    with floor_with(fo.SHIPPED) as floor:
        monkeypatch.setattr(floor.orders, "shards", lambda: ["D#0"])
        monkeypatch.setattr(floor.orders, "due", lambda *a, **k: [(ORDER, "FO#01")])
        assert sweep(floor, after=DAY) == [""]
        assert floor.part.version == 7


def test_a_failing_item_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    with floor_with(fo.ASSIGNED) as floor:
        others = [f"{ORDER[:-2]}{number:02d}" for number in range(5)]
        for other in others:
            assigned(floor, order_id=other)
        read = floor.orders.part

        def part(order_id: str, number: int) -> fo.FulfilmentOrder:
            if order_id == others[2]:
                raise Fault("a bad day")
            return read(order_id, number)

        monkeypatch.setattr(floor.orders, "part", part)
        found = all_due(floor, floor.now + DAY)
        outcomes = {each.order_id: each.event or str(each.error) for each in found}
        assert outcomes == {**dict.fromkeys([*others, ORDER], "expire"), others[2]: "a bad day"}


def test_one_run_takes_a_bounded_number_and_the_next_the_rest() -> None:
    with floor_with(fo.ASSIGNED) as floor:
        same_shard = ORDER[1:] + ORDER[0]
        assigned(floor, order_id=same_shard)
        assert sweep(floor, after=DAY, limit=1) == ["expire"]
        assert sweep(floor, limit=1) == ["expire"]
        assert sweep(floor, limit=1) == []


def test_an_item_of_an_unknown_kind_is_told() -> None:
    with floor_with(fo.ASSIGNED) as floor:
        row = floor.orders.table.get(f"O#{ORDER}", "FO#01")
        floor.orders.table.put_always({**(row or {}), "sk": "NEWS#01"})
        found = all_due(floor, floor.now + DAY)
        errors = {each.item: type(each.error).__name__ for each in found if each.error}
        assert errors == {"NEWS#01": "KeyError"}
        assert replace(found[0], error=None, event="") in [
            SweptItem(ORDER, "FO#01"),
            SweptItem(ORDER, "NEWS#01"),
        ]


def test_an_order_that_waits_while_its_authorisation_lapses_is_shown_to_a_human() -> None:
    with world() as cloud:
        floor = Floor(cloud)
        order_id = place(cloud, {"SKU-001": 2}, channel="patient").snapshot.id
        assert authorise(cloud, order_id) == "AUTHORISED"
        assert sweep(floor, after=6 * DAY - 1) == []
        assert sweep(floor, after=1) == ["warn_of_lapse"]
        assert sweep(floor, after=60) == []
        order = cloud.orders.get(order_id)
        assert [(row["sk"], row["reason"]) for row in order.cases] == [
            ("CASE#PAYMENT#00", "AUTHORISATION_EXPIRES")
        ]
        assert order.state.status == "CONFIRMED"


def test_an_order_that_does_not_wait_is_not_due_for_its_money() -> None:
    with world() as cloud:
        floor = Floor(cloud)
        receive(cloud, "SKU-001", "dc-lille", 5)
        order_id = place(cloud, {"SKU-001": 2}).snapshot.id
        assert authorise(cloud, order_id) == "AUTHORISED"
        assert sweep(floor, after=6 * DAY) == []
