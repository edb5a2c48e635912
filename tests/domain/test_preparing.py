"""Steps of node staff as pure functions: whatever is said, no unit is lost or made up."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from oms.domain import lifecycle
from oms.domain.model import fulfilment as fo
from oms.domain.model.channel import Channel
from oms.domain.model.fulfilment import FulfilmentOrder, Package
from oms.domain.model.shipping import TRACKING, TrackingUpdate
from oms.domain.preparing import steps, tracking
from oms.domain.preparing.deadlines import overdue
from oms.domain.timeline import Entry, append

LINES = {1: frozenset({0, 1, 2}), 2: frozenset({4}), 3: frozenset({0, 7})}
PART = FulfilmentOrder(
    "o1", 1, "n1", "SHIP", LINES, {1: "A", 2: "B", 3: "A"}, status=fo.PICKING, due=100
)
COUNTS = st.fixed_dictionaries(
    {}, optional={no: st.integers(0, len(which)) for no, which in LINES.items()}
)
WHY = (
    fo.NOT_IN_STOCK, fo.MISMATCH, fo.DAMAGED, fo.WORN, fo.NO_VARIANCE, fo.NO_CAPACITY, fo.TIMEOUT,
)  # fmt: skip
REASONS = st.dictionaries(st.sampled_from(list(LINES)), st.sampled_from(WHY))


@given(COUNTS, REASONS)
def test_a_pick_splits_the_units_and_tells_why_for_each_short_line(found, reasons) -> None:
    event, after = steps.pick(PART, found, reasons)
    if event == "reject":
        assert (after.status, after.lines, set(after.reasons)) == (fo.REJECTED, LINES, set(LINES))
        return
    for no, which in LINES.items():
        kept, short = fo.units_of(after.lines, no), fo.units_of(after.short, no)
        assert kept | short == which
        assert not kept & short
    assert set(after.reasons) == set(after.short)
    before = steps.before_picking(after)
    assert steps.pick(before, found, reasons) == (event, after)


SCANS = st.builds(
    TrackingUpdate,
    event_id=st.just("e"),
    tracking=st.sampled_from(["T1", "T2"]),
    status=st.sampled_from(TRACKING),
    at=st.integers(0, 6),
)


@given(st.lists(SCANS, max_size=12))
def test_scans_end_and_take_only_listed_steps(updates) -> None:
    packages = (Package(1, 1, tracking="T1"), Package(2, 1, tracking="T2"))
    part = replace(PART, status=fo.READY_TO_SHIP, packages=packages)
    for update in updates:
        for _ in range(3):
            step = tracking.step_for_scan(part, update)
            if step is None:
                break
            event, after = step
            assert event == tracking.TRACK or event in lifecycle.FULFILMENT[part.status]
            entry = Entry(part.version + 1, event, update.at)
            timeline = append(after.timeline, entry)
            part = replace(after, version=entry.version, timeline=timeline)
        assert tracking.step_for_scan(part, update) is None
    arrived = all(package.scan == "DELIVERED" for package in part.packages)
    back = any(package.sent_back for package in part.packages)
    assert not arrived or part.status == (fo.RETURNED_TO_SENDER if back else fo.DELIVERED)
    assert len(part.timeline) <= 6


@given(
    st.sampled_from(sorted(lifecycle.FULFILMENT)),
    st.sampled_from(sorted(lifecycle.CANCEL_REQUEST)),
    st.booleans(),
    st.integers(0, 10**7),
)
def test_what_was_swept_is_not_due_again_at_once(status, request, reminded, now) -> None:
    part = replace(PART, status=status, request=request, reminded=reminded)
    channel = Channel("web", "Web", "EUR")
    if status in fo.TERMINAL or (status != fo.ASSIGNED and status not in steps.PACKED_OR_LATER):
        return
    step = overdue(part, channel, now)
    if step is None:
        return
    _, after = step
    assert after.due is None or after.due > now or after.status == fo.READY_FOR_PICKUP
    following = overdue(after, channel, now)
    assert following is None or following[0] in ("remind", "lapse")
