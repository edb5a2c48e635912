"""Which step of staff is possible in which state (domain 3.6), and what repeating one does."""

from __future__ import annotations

import pytest

from functions.ship.verbs import VERBS
from oms.domain.errors import IllegalTransition, NotFound, Refused, StaleVersion
from oms.domain.model import fulfilment as fo
from oms.domain.model.node import PICKUP, SHIP
from oms.domain.preparing.steps import actions
from tests.usecases.staff_floor import ANN, BEN, CSR, floor_with

# state             | action      → state after it. What is not in this table is refused.
LEGAL = """
ASSIGNED            | accept      → ACCEPTED
ASSIGNED            | reject      → REJECTED
ACCEPTED            | start-pick  → PICKING
ACCEPTED            | pick        → PICKED
ACCEPTED            | reject      → REJECTED
PICKING             | pick        → PICKED
PICKING             | reject      → REJECTED
PICKED              | pack        → PACKED
PICKED              | unpick      → ACCEPTED
PACKED              | unpack      → PICKED
PACKED              | label       → READY_TO_SHIP
READY_TO_SHIP       | ship        → SHIPPED
READY_FOR_PICKUP    | collect     → PICKED_UP
CANCELLED           | ship        → CANCELLED
"""
# Said again in the state that it led to, or about what a carrier told first: the same answer.
AGAIN = {
    ("ACCEPTED", "accept"),
    ("PICKING", "start-pick"),
    ("PICKED", "pick"),
    ("PACKED", "pack"),
    ("READY_TO_SHIP", "label"),
    ("READY_FOR_PICKUP", "shelve"),
    ("SHIPPED", "ship"),
    ("DELIVERED", "ship"),
    ("DELIVERY_FAILED", "ship"),
    ("PICKED_UP", "collect"),
    ("REJECTED", "reject"),
}
STATES = (
    fo.ASSIGNED,
    fo.ACCEPTED,
    fo.PICKING,
    fo.PICKED,
    fo.PACKED,
    fo.READY_TO_SHIP,
    fo.READY_FOR_PICKUP,
    fo.SHIPPED,
    fo.DELIVERED,
    fo.DELIVERY_FAILED,
    fo.PICKED_UP,
    fo.UNCOLLECTED,
    fo.REJECTED,
    fo.EXPIRED,
    fo.CANCELLED,
)


def legal() -> dict[tuple[str, str], str]:
    rows = [line.replace("→", "|").split("|") for line in LEGAL.strip().splitlines()]
    return {(state.strip(), action.strip()): after.strip() for state, action, after in rows}


@pytest.mark.parametrize(("state", "action"), legal())
def test_a_legal_step_is_one_write_and_repeating_it_is_none(state: str, action: str) -> None:
    with floor_with(state) as floor:
        before = floor.part
        after = floor.act(action)
        assert after.status == legal()[state, action]
        assert (after.version, after) == (before.version + 1, floor.part)
        assert floor.act(action) == after
        assert floor.part.version == after.version


@pytest.mark.parametrize("state", STATES)
def test_every_other_step_is_refused_and_leaves_the_part_untouched(state: str) -> None:
    with floor_with(state) as floor:
        before = floor.part
        for action in sorted(set(VERBS) - {"cancel-answer"}):
            if (state, action) in legal() or (state, action) in AGAIN:
                continue
            with pytest.raises(Refused) as refused:
                floor.act(action)
            assert refused.type is IllegalTransition, action
            assert refused.value.extra["version"] == before.version
        assert floor.part == before


def test_what_is_offered_is_what_is_possible() -> None:
    for state in STATES:
        with floor_with(state) as floor:
            offered = set(actions(floor.part))
            assert offered == {action for at, action in legal() if at == state}, state


def test_a_pickup_is_shelved_and_never_labelled() -> None:
    with floor_with(fo.PACKED, PICKUP) as floor:
        assert actions(floor.part) == ["shelve", "unpack"]
        with pytest.raises(IllegalTransition):
            floor.act("label")
        assert floor.act("shelve").status == fo.READY_FOR_PICKUP


def test_a_parcel_is_labelled_and_never_shelved() -> None:
    with floor_with(fo.PACKED, SHIP) as floor, pytest.raises(IllegalTransition):
        floor.act("shelve")


def test_a_step_back_and_forth_again_is_a_new_step() -> None:
    with floor_with(fo.PICKED) as floor:
        for action in ("unpick", "pick", "pack", "unpack", "pack"):
            floor.act(action)
        assert floor.part.status == fo.PACKED
        assert floor.kinds()[-5:] == ["unpick", "pick", "pack", "unpack", "pack"]


def test_a_late_repetition_does_not_undo_what_came_since() -> None:
    with floor_with(fo.PICKED) as floor, pytest.raises(IllegalTransition):
        floor.act("accept")


@pytest.mark.parametrize("action", sorted(VERBS))
def test_staff_of_another_node_see_no_part(action: str) -> None:
    with floor_with(fo.ASSIGNED) as floor:
        with pytest.raises(NotFound) as hidden:
            floor.act(action, BEN, version=999)
        with pytest.raises(NotFound) as absent:
            floor.act(action, BEN, number=7)
        assert hidden.value.detail == absent.value.detail
        assert floor.part.version == 1


def test_customer_service_may_act_at_every_node() -> None:
    with floor_with(fo.ASSIGNED) as floor:
        assert floor.act("accept", CSR).timeline[-1].actor == "csr"


def test_a_stale_version_learns_the_fresh_one_and_what_is_possible_now() -> None:
    with floor_with(fo.ASSIGNED) as floor:
        floor.act("accept", version=1)
        with pytest.raises(StaleVersion) as stale:
            floor.act("start-pick", version=1)
        assert stale.value.extra == {
            "state": "ACCEPTED",
            "version": 2,
            "supported_actions": ["pick", "reject", "start-pick"],
        }
        assert floor.act("start-pick", version=2).status == fo.PICKING


def test_a_repeated_call_may_name_the_version_it_first_saw() -> None:
    with floor_with(fo.ASSIGNED) as floor:
        first = floor.act("accept", version=1)
        assert floor.act("accept", version=1) == first


def test_a_lost_race_decides_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with floor_with(fo.ACCEPTED) as floor:
        read = floor.orders.part

        def overtaken(order_id: str, number: int) -> fo.FulfilmentOrder:
            found = read(order_id, number)
            monkeypatch.setattr(floor.orders, "part", read)
            floor.ask_to_cancel()
            return found

        monkeypatch.setattr(floor.orders, "part", overtaken)
        after = floor.act("start-pick")
        assert (after.status, after.request) == (fo.PICKING, "CANCEL_REQUESTED")


def test_too_late_to_accept_is_too_late_before_the_sweep_comes_by() -> None:
    with floor_with(fo.ASSIGNED) as floor:
        floor.now = floor.part.due or 0
        with pytest.raises(IllegalTransition):
            floor.act("accept")
        due = floor.part.due
        floor.now -= 1
        assert floor.act("accept").due == due  # for the milestone


@pytest.mark.parametrize(
    ("state", "action", "method"),
    [
        (fo.ACCEPTED, "start-pick", SHIP),
        (fo.PACKED, "label", SHIP),
        (fo.PACKED, "shelve", PICKUP),
        (fo.READY_TO_SHIP, "ship", SHIP),
    ],
)
def test_a_hold_that_blocks_shipping_stops_the_part(state: str, action: str, method: str) -> None:
    with floor_with(state, method) as floor:
        floor.hold("SHIP")
        with pytest.raises(IllegalTransition) as held:
            floor.act(action)
        assert held.value.extra["holds"] == ["MANUAL"]


def test_a_hold_that_blocks_something_else_stops_nothing() -> None:
    with floor_with(fo.READY_TO_SHIP) as floor:
        floor.hold("REFUND")
        assert floor.act("ship", ANN).status == fo.SHIPPED
