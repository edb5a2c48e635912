"""Orders stream → what follows: stock movements, executions started and woken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from oms import wiring
from oms.edge.observed import observed
from oms.edge.streams import Change, each_change
from oms.stores.dynamo.table import from_wire
from oms.stores.orders import keys as order_keys
from oms.stores.orders.rows import part_of, return_of, state_of
from oms.stores.reservations import keys as reservation_keys
from oms.stores.reservations.store import reservation_of
from oms.usecases.executing import follow_order
from oms.usecases.reserving.follow_reservation import follow_reservation
from oms.usecases.returning.await_return import wake_return
from oms.usecases.returning.follow_return import follow_return
from oms.wiring.executing import executing
from oms.wiring.reserving import reserving


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return each_change(event, from_wire, follow)


def follow(change: Change) -> None:
    """One change; an item that is no noun of ours is left alone."""
    effect = EFFECTS.get(change.sk.partition("#")[0])
    if effect and change.new:
        effect(change, order_keys.order_of(change.pk))


def _placed(change: Change, order_id: str) -> None:
    cart = str((change.new or {}).get("reservation", ""))
    follow_order.order_placed(order_id, cart, executing())


def _state(change: Change, order_id: str) -> None:
    before = state_of(change.old) if change.old else None
    follow_order.state_changed(order_id, before, executing())


def _part(change: Change, order_id: str) -> None:
    follow_order.part_changed(change.event, part_of(change.new or {}), executing())


def _payment(change: Change, order_id: str) -> None:
    follow_order.payment_changed(order_id, executing())


def _return(change: Change, order_id: str) -> None:
    live, ret = wiring.live(), return_of(change.new or {})
    order = live.orders.get(order_id)
    follow_return(change.event, order, ret, stock=live.stock, now=live.now())
    wake_return(order, ret.number, orders=live.orders, workflows=live.workflows)


def _reservation(change: Change, _: str) -> None:
    row = change.new or {}
    who = str(row["last"]["by"])
    follow_reservation(reservation_of(row), actor=who, deps=reserving())


EFFECTS: dict[str, Callable[[Change, str], None]] = {
    order_keys.SNAPSHOT: _placed,
    order_keys.STATE: _state,
    "FO": _part,
    "PAY": _payment,
    "RETURN": _return,
    reservation_keys.RESERVATION: _reservation,
}
