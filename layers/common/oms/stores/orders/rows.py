"""The rows of an order's partition and what they mean: items ⇄ the parts of the aggregate."""

from __future__ import annotations

from dataclasses import replace

from ...domain.model.decision import DecisionRecord
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.order import Order, OrderSnapshot, OrderState, initial_state
from ...domain.model.order_change import OrderChange
from ...domain.model.payment import Payment
from ...domain.model.returns import Return
from ...domain.orders.channel_state import Seen
from ..dynamo.codec import decode, encode
from ..dynamo.table import Item
from . import keys


def snapshot_of(item: Item) -> OrderSnapshot:
    snapshot: OrderSnapshot = decode(OrderSnapshot, item)
    return snapshot


def decision_row(order_id: str, decided: DecisionRecord) -> Item:
    sk = keys.decision_sk(decided.number)
    return {"pk": keys.order_pk(order_id), "sk": sk, "v": 1, **encode(decided)}


def decision_of(item: Item) -> DecisionRecord:
    found: DecisionRecord = decode(DecisionRecord, item)
    return found


def change_row(order_id: str, change: OrderChange) -> Item:
    sk = keys.change_sk(change.number)
    return {"pk": keys.order_pk(order_id), "sk": sk, "v": 1, **encode(change)}


def change_of(item: Item) -> OrderChange:
    found: OrderChange = decode(OrderChange, item)
    return found


def current(agreed: OrderSnapshot, state: OrderState) -> OrderSnapshot:
    """The order as it was agreed, with the address and the contact that it has now."""
    if state.ship_to is None and state.customer is None:
        return agreed
    ship_to, customer = state.ship_to or agreed.ship_to, state.customer or agreed.customer
    return replace(agreed, ship_to=ship_to, customer=customer)


def part_of(item: Item) -> FulfilmentOrder:
    extra = {"order_id": keys.order_of(item["pk"]), "version": item["v"]}
    part: FulfilmentOrder = decode(FulfilmentOrder, {**item, **extra})
    return part


def payment_of(item: Item) -> Payment:
    payment: Payment = decode(Payment, {**item, "version": item["v"]})
    return payment


def return_of(item: Item) -> Return:
    extra = {"order_id": keys.order_of(item["pk"]), "version": item["v"]}
    ret: Return = decode(Return, {**item, **extra})
    return ret


def seen_of(item: Item) -> Seen:
    seen: Seen = decode(Seen, {**item, "version": item["v"]})
    return seen


def assemble(items: list[Item]) -> Order:
    """The order from the rows of its partition."""
    rows: dict[str, list[Item]] = {}
    for item in items:
        rows.setdefault(item["sk"].partition("#")[0], []).append(item)
    agreed = snapshot_of(rows[keys.SNAPSHOT][0])
    state = _state(rows.get(keys.STATE, []), agreed)
    states = [seen_of(item) for item in rows.get(keys.CHANNEL, [])]
    return Order(
        snapshot=current(agreed, state),
        state=state,
        parts=tuple(part_of(item) for item in rows.get("FO", [])),
        payments=tuple(payment_of(item) for item in rows.get("PAY", [])),
        returns=tuple(return_of(item) for item in rows.get("RETURN", [])),
        messages=tuple(rows.get("MSG", [])),
        cases=tuple(rows.get("CASE", [])),
        changes=tuple(change_of(item) for item in rows.get("CHANGE", [])),
        channel_refunds=states[0].refunds if states else {},
        later_decisions=tuple(decision_of(item) for item in rows.get("DEC", [])),
    )


def state_of(item: Item) -> OrderState:
    return decode(OrderState, {**item, "version": item["v"]})


def _state(stored: list[Item], snapshot: OrderSnapshot) -> OrderState:
    return state_of(stored[0]) if stored else initial_state(snapshot)
