"""A reservation's life after it was made: extended, released, expired, or become an order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...domain.errors import IllegalTransition
from ...domain.limits.carts import MAX_DUE_RESERVATIONS_PER_SHARD
from ...domain.reserving import reservation as r
from ...domain.reserving.reservation import Reservation
from ...domain.timeline import Entry
from ..retrying import retrying
from .deps import Reserving

NOTHING = ""  # somebody moved it since the index was read


def extend_reservation(id: str, ttl_s: int, *, actor: str, deps: Reserving) -> Reservation:
    """Raises NotFound, IllegalTransition when it has ended."""
    return _change(id, "extend", lambda it: r.extend(it, deps.now, ttl_s), actor, deps)


def release_reservation(id: str, *, actor: str, deps: Reserving) -> Reservation:
    """Released before is released; raises NotFound, IllegalTransition when it ended otherwise."""
    found = deps.reservations.get(id)
    if found.status == r.RELEASED:
        return found
    return _change(id, "release", lambda it: r.end(it, "release"), actor, deps)


def commit_reservation(id: str, order: str, deps: Reserving) -> None:
    """The order that named it was written. Ended before: the order holds claims of its own."""
    actor = f"order:{order}"
    try:
        _change(id, "commit", lambda it: r.end(it, "commit", order=order), actor, deps)
    except IllegalTransition:
        return


def _change(
    id: str,
    event: str,
    step: Callable[[Reservation], Reservation],
    actor: str,
    deps: Reserving,
) -> Reservation:
    def attempt() -> Reservation:
        found = deps.reservations.get(id)
        entry = Entry(found.version + 1, event, deps.now, actor)
        return deps.reservations.save(step(found), entry)

    return retrying(attempt)


@dataclass(frozen=True, slots=True)
class SweptReservation:
    """As the sweep of orders tells it; `order_id` is the reservation's id."""

    order_id: str
    item: str = "RESERVATION"
    event: str = NOTHING
    error: Exception | None = None


def expire_reservations(
    deps: Reserving, *, limit: int = MAX_DUE_RESERVATIONS_PER_SHARD
) -> list[SweptReservation]:
    """At most `limit` of each shard, the longest overdue first; each stands alone."""
    return [
        _expire(id, deps)
        for shard in deps.reservations.shards()
        for id in deps.reservations.due(shard, deps.now, limit=limit)
    ]


def _expire(id: str, deps: Reserving) -> SweptReservation:
    def attempt() -> str:
        found = deps.reservations.get(id)
        if found.status != r.ACTIVE or deps.now < found.expires_at:  # extended since, or ended
            return NOTHING
        entry = Entry(found.version + 1, "expire", deps.now, "sweep")
        deps.reservations.save(r.end(found, "expire"), entry)
        return "expire"

    try:
        return SweptReservation(id, event=retrying(attempt))
    except Exception as error:  # of any kind: the caller logs it, the others go on
        return SweptReservation(id, error=error)
