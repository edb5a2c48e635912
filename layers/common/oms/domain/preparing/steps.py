"""What node staff do to a part (domain 3.6): pure steps to (lifecycle event, part after it)."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from .. import lifecycle
from ..errors import Forbidden, IllegalTransition, StaleVersion, ValidationFailed
from ..limits.preparing import MAX_CODE_TRIES
from ..model import fulfilment as fo
from ..model.fulfilment import FulfilmentOrder, Package
from ..model.shipping import Label
from ..orders.cancellation import CANCEL_REQUESTED
from . import amending
from .verbs import VERB_OF, StaffVerb

Step = tuple[str, FulfilmentOrder]

SHIPPED_AFTER_CANCEL = "SHIPPED_AFTER_CANCEL"
PACKED_OR_LATER = frozenset(
    {fo.PACKED, fo.IN_TRANSFER, fo.ARRIVED, fo.READY_TO_SHIP, fo.READY_FOR_PICKUP}
)


def actions(part: FulfilmentOrder) -> list[str]:
    """What staff may do next."""
    verbs = {VERB_OF[event] for event in part.actions if event in VERB_OF}
    if part.purchase and StaffVerb.ACCEPT in verbs:
        verbs.add(StaffVerb.ACKNOWLEDGE)
    if part.purchase and part.status == fo.CANCELLED:
        verbs.add(StaffVerb.SHIPPED_NOTICE)
    if SHIPPED_AFTER_CANCEL in part.flags:
        verbs -= {StaffVerb.SHIP, StaffVerb.SHIPPED_NOTICE}
    if part.request == CANCEL_REQUESTED:
        verbs.add(StaffVerb.CANCEL_ANSWER)
    return sorted(verb.value for verb in verbs)


def check_version(part: FulfilmentOrder, version: int | None) -> None:
    """None: whatever is there. A stale version learns what is possible now."""
    if version is not None and version != part.version:
        raise StaleVersion(
            f"version {version} is not the current {part.version}", **situation_of(part)
        )


def situation_of(part: FulfilmentOrder) -> dict[str, Any]:
    return {"state": part.status, "version": part.version, "supported_actions": actions(part)}


def last_event(part: FulfilmentOrder) -> str:
    """The event that led to the part's status; "" for a part that nobody touched."""
    moves = {event for events in lifecycle.FULFILMENT.values() for event in events}
    return next((e.kind for e in reversed(part.timeline) if e.kind in moves), "")


def with_request(before: FulfilmentOrder, after: FulfilmentOrder) -> FulfilmentOrder:
    """An open cancel request outlives the preparation, and is refused by the handover."""
    if before.request != CANCEL_REQUESTED or after.request != CANCEL_REQUESTED:
        return after
    if after.asked:
        after = amending.missed_anyway(after)
    if after.status in fo.HANDED_OVER:
        refused = lifecycle.step(lifecycle.CANCEL_REQUEST, after.request, "refuse")
        return replace(after, request=refused, due=None)
    if after.status in fo.TERMINAL:
        return replace(after, due=None)
    return replace(after, due=before.due)


# --- the steps -------------------------------------------------------------------------------


def accept(part: FulfilmentOrder, now: int) -> Step:
    """The deadline decides, not how soon the sweep comes by."""
    last = part.expires or part.due
    if part.status == fo.ASSIGNED and last is not None and now >= last:
        raise IllegalTransition("the time to accept is over", possible=[])
    return "accept", part.moved("accept")  # `due` stays: the sweep then asks for the milestone


def reject(part: FulfilmentOrder, reasons: Mapping[int, str], reason: str) -> Step:
    """`reason` is that of the lines that have none of their own."""
    every = {no: reasons.get(no, reason) for no in part.lines} | dict(reasons)
    return "reject", fo.rejected(part, every)


def pick(part: FulfilmentOrder, found: Mapping[int, int], reasons: Mapping[int, str]) -> Step:
    """Nothing found at all is a rejection."""
    part.moved("pick")  # refused for its state before its numbers are looked at
    if strangers := set(reasons) - set(part.lines):
        wrong = {f"/reasons/{no}": "not a line of this part" for no in sorted(strangers)}
        raise ValidationFailed("lines that are not in this part", fields=wrong)
    after = fo.picked(part, found, reasons)
    if after.status == fo.REJECTED:
        return "reject", after
    return "pick", replace(after, due=part.due)


def before_picking(part: FulfilmentOrder) -> FulfilmentOrder:
    """The part as it was when the last pick was confirmed: to see whether two picks agree."""
    numbers = set(part.lines) | set(part.short)
    lines = {no: fo.units_of(part.lines, no) | fo.units_of(part.short, no) for no in numbers}
    return replace(part, status=fo.PICKING, lines=lines, short={}, reasons={})


def check_scans(scans: Sequence[str], counts: Mapping[str, int], codes: Mapping[str, str]) -> None:
    """`counts` per SKU must be what was scanned; `codes` are barcodes → SKU."""
    seen: dict[str, int] = {}
    for place, scan in enumerate(scans):
        sku = scan if scan in counts else codes.get(scan, "")
        if sku not in counts:
            wrong = {f"/scans/{place}": "not in this part"}
            raise ValidationFailed("a scan that does not belong here", fields=wrong)
        seen[sku] = seen.get(sku, 0) + 1
    differing = [sku for sku, count in counts.items() if seen.get(sku, 0) != count]
    if differing:
        detail = "; ".join(f"{s}: {seen.get(s, 0)} scanned, {counts[s]} said" for s in differing)
        raise ValidationFailed("scans and counts differ", fields={"/scans": detail})


def unpick(part: FulfilmentOrder) -> Step:
    """Back on the shelf; what was missed stays missed, so that this node is not asked again."""
    return "unpick", part.moved("unpick", lost=part.missed, short={})


def pack(part: FulfilmentOrder, packages: tuple[Package, ...]) -> Step:
    return "pack", part.moved("pack", packages=packages)


def unpack(part: FulfilmentOrder) -> Step:
    return "unpack", part.moved("unpack", packages=())


def label(part: FulfilmentOrder, labels: Mapping[int, Label], keys: Mapping[int, str]) -> Step:
    """Every package has its label, or the part is not ready. One that travels to a store is as
    before: it is the store's to be ready.
    """
    if part.status == fo.PACKED and set(labels) != {package.number for package in part.packages}:
        raise IllegalTransition("not every package has a label")
    packages = tuple(
        replace(
            package,
            tracking=labels[package.number].tracking,
            carrier=labels[package.number].carrier,
            label=keys[package.number],
        )
        for package in part.packages
    )
    event = "label_transfer" if part.travels else "label"
    return event, part.moved(event, packages=packages)


def shelve(part: FulfilmentOrder, code: str, due: int) -> Step:
    return "shelve", part.moved("shelve", code=code, due=due, reminded=False, tries=0)


def ship(part: FulfilmentOrder) -> Step:
    """A part that left although it was cancelled is a fact: recorded, never resurrected."""
    if part.status == fo.CANCELLED:
        return "late_ship", part.moved("late_ship", flags=part.flags | {SHIPPED_AFTER_CANCEL})
    return "ship", part.moved("ship", due=None)


def has_left(part: FulfilmentOrder) -> bool:
    """Whether the parcels are known to be gone."""
    gone = fo.HANDED_OVER - {fo.PICKED_UP}
    return part.status in gone or SHIPPED_AFTER_CANCEL in part.flags


def collect(part: FulfilmentOrder) -> Step:
    return "collect", part.moved("collect", due=None)


def code_fits(part: FulfilmentOrder, code: str) -> bool:
    """In constant time. Raises Forbidden when too many wrong codes were tried."""
    if part.tries >= MAX_CODE_TRIES:
        raise Forbidden("too many wrong codes: customer service has to help", locked=True)
    return bool(part.code) and hmac.compare_digest(part.code.encode(), code.encode())


def wrong_code(part: FulfilmentOrder) -> Step:
    return "wrong_code", replace(part, tries=part.tries + 1)


def agree_to_cancel(part: FulfilmentOrder, due: int | None = None) -> Step:
    """`due`: the next deadline of what is left, where only some units were asked for."""
    if part.asked and part.request == CANCEL_REQUESTED:
        return amending.given_back(part, due)
    request = lifecycle.step(lifecycle.CANCEL_REQUEST, part.request, "agree")
    return "cancel", part.moved("cancel", request=request, due=None)


def refuse_to_cancel(part: FulfilmentOrder, due: int | None) -> Step:
    """`due`: the deadline that the request had covered up."""
    request = lifecycle.step(lifecycle.CANCEL_REQUEST, part.request, "refuse")
    return "refuse_cancel", replace(part, request=request, due=due)
