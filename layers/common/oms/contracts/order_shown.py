"""From a ReaderView to its answer: what each reader is shown (domain/orders/reader_view.py)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from ..domain.model.fulfilment import FulfilmentOrder
from ..domain.model.order import OrderLine
from ..domain.model.order_change import OrderChange
from ..domain.model.promise import Promise
from ..domain.model.returns import Return
from ..domain.model.units import LineUnits
from ..domain.notifying.message_data import first_name
from ..domain.orders.history import TimelineItem
from ..domain.orders.reader_view import CUSTOMER, GUEST, INSIDE, SERVICE, STAFF, ReaderView
from ..domain.orders.status import PartStatus
from .order_view import (
    AddressView,
    BucketsView,
    CaseView,
    ChangeResultView,
    ChangeView,
    CustomerView,
    ExclusionView,
    HappeningView,
    HoldView,
    LineView,
    MoneyView,
    OrderView,
    PackageView,
    PartLine,
    PartView,
    PaymentView,
    PromiseShown,
    ReturnShown,
)

Row = Mapping[str, object]


def instant(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")


def order_view(view: ReaderView) -> OrderView:
    order, snapshot = view.order, view.order.snapshot
    return OrderView(
        id=order.id,
        version=order.state.version,
        channel=snapshot.channel,
        external_id=snapshot.external_id,
        number=snapshot.number or None,
        note=None if view.by(GUEST) else snapshot.note or None,
        gift_message=None if view.by(GUEST) else snapshot.gift_message or None,
        placed_at=instant(snapshot.placed_at),
        status=order.state.status,
        customer_status=view.standing.status,
        partial=view.standing.partial,
        status_text=view.standing.text,
        parts=[_part(part, view) for part in view.standing.parts],
        lines=[_line(line, view) for line in snapshot.lines],
        promise=_promise(snapshot.promise),
        customer=_customer(view),
        ship_to=_address(view),
        totals=None if view.by(STAFF, GUEST) else _totals(view),
        payment=None if view.by(STAFF, GUEST) else _payment(view),
        holds=_holds(view),
        returns=[_return(ret, view) for ret in order.returns],
        may_cancel=view.may_cancel,
        cancel_reason=order.state.cancel_reason or None,
        changes=_changes(view),
        timeline=[_happening(happening, view) for happening in view.history],
        cases=[case_view(row) for row in order.cases] if view.by(SERVICE) else None,
        channel_refunds=dict(order.channel_refunds) or None if view.by(SERVICE) else None,
        exclusions=_exclusions(view) if view.by(SERVICE) else None,
    )


def _part(standing: PartStatus, view: ReaderView) -> PartView:
    part = view.order.part(standing.number)
    if part is None:
        return PartView(
            number=0,
            status=standing.status,
            method=view.order.snapshot.method,
            lines=_lines(_remainder(view), view),
        )
    packages = [
        PackageView(number=p.number, carrier=p.carrier, tracking=p.tracking)
        for p in part.packages
        if p.tracking and (not part.to or view.reader in INSIDE)  # the way to a store is ours
    ]
    return PartView(
        number=part.number,
        status=standing.status,
        method=part.method,
        lines=_lines(part.lines, view),
        packages=packages,
        promise=_promise(part.promise),
        pickup_code=part.code or None if view.by(CUSTOMER, SERVICE) else None,
        **_inside(part) if view.reader in INSIDE else {},
    )


def _inside(part: FulfilmentOrder) -> dict[str, Any]:
    return {
        "node": part.node,
        "fulfilment": part.status,
        "cancel_request": part.request,
        "flags": sorted(part.flags),
    }


def _remainder(view: ReaderView) -> LineUnits:
    found = dict(view.order.open)
    for planned in view.order.planned:
        for no, which in planned.lines.items():
            found[no] = found.get(no, frozenset()) | which
    return found


def _lines(lines: LineUnits, view: ReaderView) -> list[PartLine]:
    snapshot = view.order.snapshot
    return [
        PartLine(line=no, sku=snapshot.line(no).sku, quantity=len(which))
        for no, which in sorted(lines.items())
    ]


def _customer(view: ReaderView) -> CustomerView:
    customer = view.order.snapshot.customer
    if view.by(GUEST):
        return CustomerView(name=first_name(view.order))
    if view.by(STAFF):
        return CustomerView(name=customer.name)
    return CustomerView(**{name: getattr(customer, name) for name in CustomerView.model_fields})


def _address(view: ReaderView) -> AddressView | None:
    to = view.order.snapshot.ship_to
    if to is None:
        return None
    if view.by(GUEST):
        return AddressView(city=to.city or None, country=to.country or None)
    shown = set(AddressView.model_fields) - ({"phone"} if view.by(STAFF) else set())
    return AddressView(**{name: getattr(to, name) or None for name in shown})


def _totals(view: ReaderView) -> MoneyView:
    snapshot = view.order.snapshot
    return MoneyView(
        currency=snapshot.currency,
        items=sum(line.total for line in snapshot.lines),
        shipping=snapshot.shipping,
        tax=sum(line.tax for line in snapshot.lines),
        grand_total=snapshot.grand_total,
    )


def _payment(view: ReaderView) -> PaymentView:
    money = view.money
    return PaymentView(
        authorised=money.authorised_status,
        charged=money.charge_status,
        target=money.target,
        open=money.open,
        captured=money.captured,
        refunded=money.refunded,
        refund_due=money.refund_due,
    )


def _changes(view: ReaderView) -> list[ChangeView]:
    if view.by(GUEST):
        return []
    return [change_view(each, inside=view.by(SERVICE)) for each in view.order.changes]


def change_view(change: OrderChange, *, inside: bool) -> ChangeView:
    """`inside`: with who asked, the note, and the address before."""
    found = ChangeView(
        number=change.number,
        key=change.key,
        at=instant(change.at),
        reason=change.why,
        source=change.source,
        outcome=change.outcome,
        results=[
            ChangeResultView(
                operation=each.operation,
                outcome=each.outcome,
                line=each.line or None,
                part=each.part or None,
                units=each.units or None,
                reason=each.reason or None,
            )
            for each in change.results
        ],
    )
    if not inside:
        return found
    before = {} if change.ship_to is None else asdict(change.ship_to)
    known = {name: before[name] or None for name in AddressView.model_fields if name in before}
    more = {"by": change.by, "note": change.note or None}
    address = AddressView(**known) if known else None
    return found.model_copy(update=more | {"address_before": address})


def _holds(view: ReaderView) -> list[HoldView] | None:
    if view.by(CUSTOMER, GUEST):
        return None
    return [
        HoldView(kind=hold.kind, reason=hold.reason, blocks=sorted(hold.blocks))
        for hold in view.order.state.holds
    ]


def _return(ret: Return, view: ReaderView) -> ReturnShown:
    money = {} if view.by(STAFF, GUEST) else {"refund": ret.money, "amount": ret.amount}
    return ReturnShown(
        number=ret.number, status=ret.status, lines=_lines(ret.advised, view), **money
    )


def case_view(row: Row) -> CaseView:
    _, kind, part = str(row["sk"]).split("#")
    hidden = {"pk", "sk", "v", "cq", "last", "kind", "status"}
    detail = {name: value for name, value in row.items() if name not in hidden}
    return CaseView(kind=kind, part=int(part), status=str(row["status"]), detail=detail)


def _line(line: OrderLine, view: ReaderView) -> LineView:
    money = {} if view.by(STAFF, GUEST) else {"total": line.total, "tax": line.tax}
    return LineView(
        line=line.no,
        sku=line.sku,
        name=line.name,
        quantity=line.quantity,
        kit=line.kit or None,
        kit_line=line.kit_line or None,
        properties=dict(line.properties) or None,
        quantities=BucketsView(**asdict(view.buckets[line.no])),
        **money,
    )


def _promise(promise: Promise | None) -> PromiseShown | None:
    if promise is None:
        return None
    return PromiseShown(
        **{name: getattr(promise, name) or None for name in PromiseShown.model_fields}
    )


def _exclusions(view: ReaderView) -> list[ExclusionView]:
    return [
        ExclusionView(line=e.line, node=e.node, reason=e.reason, thru=instant(e.thru))
        for e in view.order.exclusions
    ]


def _happening(happening: TimelineItem, view: ReaderView) -> HappeningView:
    inside = {"actor": happening.actor, "note": happening.note or None}
    return HappeningView(
        at=instant(happening.at),
        of=happening.of,
        number=happening.number,
        event=happening.event,
        **inside if view.by(SERVICE) else {},
    )
