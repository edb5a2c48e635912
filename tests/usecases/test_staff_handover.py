"""Labels, handover to carrier and customer, answers to cancel requests, and the item's size."""

from __future__ import annotations

import pytest

from oms.domain.errors import Fault, Forbidden, GatewayTimeout, IllegalTransition
from oms.domain.limits.preparing import ACCEPT_TIMEOUT_S, MAX_CODE_TRIES
from oms.domain.model import fulfilment as fo
from oms.domain.model.fulfilment import Package
from oms.domain.model.node import PICKUP
from tests.cloud import world
from tests.usecases.staff_floor import ANN, CSR, ORDER, Floor, assigned, floor_with, item_bytes

DAY = 86_400
ITEM_BYTES = 1024  # one write unit


def test_each_package_gets_a_label_in_both_formats() -> None:
    with floor_with(fo.PICKED) as floor:
        floor.act("pack", packages=(Package(1, 1200), Package(2, 800)))
        part = floor.act("label")
        assert len({package.tracking for package in part.packages}) == 2
        assert [package.label for package in part.packages] == [
            f"labels/{ORDER}/1-1.pdf",
            f"labels/{ORDER}/1-2.pdf",
        ]
        kinds = {key.removeprefix(f"labels/{ORDER}/"): kind for key, kind in kept(floor)}
        assert kinds == {
            "1-1.pdf": "application/pdf",
            "1-1.zpl": "application/zpl",
            "1-2.pdf": "application/pdf",
            "1-2.zpl": "application/zpl",
        }
        assert floor.documents.kept[f"labels/{ORDER}/1-1.pdf"][0].startswith(b"%PDF")
        assert floor.documents.kept[f"labels/{ORDER}/1-2.zpl"][0].startswith(b"^XA")


def kept(floor: Floor) -> list[tuple[str, str]]:
    return [(key, kind) for key, (_, kind) in floor.documents.kept.items()]


def test_a_crash_between_two_labels_is_healed_without_a_third(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with floor_with(fo.PICKED) as floor:
        floor.act("pack", packages=(Package(1, 1200), Package(2, 800)))
        buy, bought = floor.carrier.buy_label, []

        def broken(request):
            if bought:
                raise GatewayTimeout("no answer")
            bought.append(buy(request).tracking)
            return buy(request)

        monkeypatch.setattr(floor.carrier, "buy_label", broken)
        with pytest.raises(GatewayTimeout):
            floor.act("label")
        assert floor.part.status == fo.PACKED
        monkeypatch.setattr(floor.carrier, "buy_label", buy)
        assert floor.act("label").packages[0].tracking == bought[0]


def crash(*_: object) -> None:
    raise Fault("the label is bought, the part is not saved")


def test_packed_again_in_another_weight_it_is_another_label(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with floor_with(fo.PACKED) as floor:
        monkeypatch.setattr(floor.orders, "save_part", crash)
        with pytest.raises(Fault):
            floor.act("label")
        monkeypatch.undo()
        floor.act("unpack")
        floor.act("pack", packages=(Package(1, 9000),))
        assert floor.act("label").status == fo.READY_TO_SHIP


def test_what_left_although_cancelled_is_recorded_once_and_becomes_a_case() -> None:
    with floor_with(fo.CANCELLED) as floor:
        part = floor.act("ship")
        assert (part.status, floor.kinds()[-1]) == (fo.CANCELLED, "late_ship")
        assert part.flags == {"SHIPPED_AFTER_CANCEL"}
        assert floor.act("ship") == part
        (case,) = floor.order.cases
        assert (case["sk"], case["status"]) == ("CASE#SHIPPED_AFTER_CANCEL#01", "OPEN")


def test_a_case_that_a_crash_left_out_is_opened_by_the_repetition() -> None:
    with floor_with(fo.CANCELLED) as floor:
        floor.save("late_ship", flags=frozenset({"SHIPPED_AFTER_CANCEL"}))
        floor.act("ship")
        assert len(floor.order.cases) == 1


def test_a_pickup_gets_a_code_and_is_due_for_its_reminder() -> None:
    with floor_with(fo.READY_FOR_PICKUP) as floor:
        assert (floor.part.code, floor.part.due) == ("123456", floor.now + 5 * DAY)


def test_a_wrong_code_is_refused_until_there_are_too_many() -> None:
    with floor_with(fo.READY_FOR_PICKUP) as floor:
        for left in reversed(range(MAX_CODE_TRIES)):
            with pytest.raises(Forbidden) as wrong:
                floor.act("collect", code="654321")
            assert wrong.value.extra["tries_left"] == left
        with pytest.raises(Forbidden) as locked:
            floor.act("collect", code="123456")
        assert locked.value.extra == {"locked": True}
        assert floor.part.tries == MAX_CODE_TRIES
        part = floor.act("collect", CSR, code="", proof="ID")
        assert (part.status, part.timeline[-1].note) == (fo.PICKED_UP, "ID")


def test_a_right_code_after_a_wrong_one_is_fine() -> None:
    with floor_with(fo.READY_FOR_PICKUP) as floor:
        with pytest.raises(Forbidden):
            floor.act("collect", code="")
        assert floor.act("collect").status == fo.PICKED_UP


def test_what_was_collected_is_not_told_to_a_wrong_code() -> None:
    with floor_with(fo.PICKED_UP) as floor, pytest.raises(IllegalTransition):
        floor.act("collect", code="654321")


@pytest.mark.parametrize(
    "state", [fo.ACCEPTED, fo.PICKING, fo.PICKED, fo.PACKED, fo.READY_TO_SHIP, fo.READY_FOR_PICKUP]
)
def test_a_node_agrees_to_cancel_or_refuses(state: str) -> None:
    with floor_with(state) as floor:
        before = floor.part.due
        if state != fo.READY_FOR_PICKUP:
            before = floor.now + ACCEPT_TIMEOUT_S
        floor.ask_to_cancel()
        part = floor.act("cancel-answer", agree=False)
        assert (part.status, part.request, part.due) == (state, "CANCEL_REFUSED", before)
        assert floor.act("cancel-answer", agree=False) == part
    with floor_with(state) as floor:
        floor.ask_to_cancel()
        part = floor.act("cancel-answer", agree=True)
        assert (part.status, part.request, part.due) == (fo.CANCELLED, "CANCEL_ACCEPTED", None)
        assert floor.kinds()[-1] == "cancel"
        assert floor.act("cancel-answer", agree=True) == part
        with pytest.raises(IllegalTransition):
            floor.act("cancel-answer", agree=False)


def test_the_labels_of_a_cancelled_part_are_void_even_after_a_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with floor_with(fo.READY_TO_SHIP) as floor:
        floor.ask_to_cancel()
        monkeypatch.setattr(floor.carrier, "void_label", crash)
        with pytest.raises(Fault):
            floor.act("cancel-answer", agree=True)
        monkeypatch.undo()
        floor.act("cancel-answer", agree=True)
        sold, _ = floor.world.sandbox.get(f"label#{floor.part.packages[0].tracking}")
        assert sold
        assert sold["status"] == "VOID"


def test_who_was_not_asked_has_nothing_to_answer() -> None:
    with floor_with(fo.PACKED) as floor, pytest.raises(IllegalTransition):
        floor.act("cancel-answer")


def test_an_open_request_keeps_its_deadline_through_the_preparation() -> None:
    with floor_with(fo.ACCEPTED, PICKUP) as floor:
        due = floor.ask_to_cancel().due
        for action in ("start-pick", "pick", "pack", "shelve"):
            assert floor.act(action).due == due
        assert floor.act("collect").request == "CANCEL_REFUSED"
        assert floor.part.due is None


def test_handing_over_refuses_an_open_request() -> None:
    with floor_with(fo.READY_TO_SHIP) as floor:
        floor.ask_to_cancel()
        part = floor.act("ship")
        assert (part.status, part.request, part.due) == (fo.SHIPPED, "CANCEL_REFUSED", None)


@pytest.mark.parametrize(
    "way",
    [
        ("accept", "start-pick", "pick", "pack", "label", "ship"),
        ("accept", "start-pick", "pick", "pack", "shelve", "collect"),
    ],
)
def test_a_part_of_three_lines_costs_one_write_unit_all_its_life(way: tuple[str, ...]) -> None:
    from oms.usecases.preparing.track_parcel import track_parcel

    with world() as cloud:
        floor = Floor(cloud)
        assigned(floor, PICKUP if "shelve" in way else "SHIP")
        sizes = {}
        for action in way:
            floor.act(action, ANN)
            sizes[action] = item_bytes(floor)
        if "ship" in way:
            for at, status in enumerate(("PRE_TRANSIT", *["IN_TRANSIT"] * 5, "DELIVERED")):
                track_parcel(floor.scan(status, at), deps=floor.deps)
            sizes["deliver"] = item_bytes(floor)
            assert floor.part.status == fo.DELIVERED
        assert max(sizes.values()) <= ITEM_BYTES, sizes
