"""One order or stock item as it is stored now: what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.auditing import checks
from ...domain.auditing.checks import RETURN_ENDED, Discrepancy
from ...domain.errors import NotFound
from ...domain.limits.stock import MAX_AUDIT_CLAIMS
from ...domain.model.order import Order
from ...domain.model.stock_item import SOFT, StockItem
from ...domain.stock_lifecycles import StockCaseKind
from .deps import Auditing

CLOSED = ("RESOLVED", "DISMISSED")


def inspect_subject(subject: str, deps: Auditing) -> list[Discrepancy]:
    """`subject`: order/<id> or stock/<site>/<sku>."""
    kind, _, rest = subject.partition("/")
    if kind == checks.ORDER:
        return list(_order(rest, deps))
    site, _, sku = rest.partition("/")
    return list(_item(sku, site, deps))


def _order(id: str, deps: Auditing) -> Iterator[Discrepancy]:
    order = _find(id, deps)
    if order is None:
        return
    places = {place for _, place in checks.claims_of(order)}
    held = {
        (claim, place): entry
        for place in places
        for claim, entry in deps.stock.claims_at(*place).items()
    }
    yield from checks.of_order(order, held)
    if checks.waits_for_nothing(order, deps.now) and not deps.executions.running("order", id):
        yield checks.stuck(order)
    yield from _returns(order, deps)


def _returns(order: Order, deps: Auditing) -> Iterator[Discrepancy]:
    for ret in order.returns:
        alive = ret.status in RETURN_ENDED or ret.due is not None
        if not alive and not deps.executions.running("return", f"{order.id}-R{ret.number}"):
            what, wanted = f"return {ret.number}", "timer, execution or case"
            yield Discrepancy(
                checks.order_subject(order.id), "I10", what, wanted, f"{ret.status}, nothing"
            )


def _item(sku: str, site: str, deps: Auditing) -> Iterator[Discrepancy]:
    node, location = checks.place_of_site(site)
    stored = deps.stock.stored(sku, node, location)
    if stored is None:
        return
    item, available = stored
    ledger = deps.books.ledger(sku, site)
    known = any(
        case["kind"] == StockCaseKind.STOCK_SHORTAGE
        and case["node"] == node
        and case["status"] not in CLOSED
        for case in (deps.cases.cases(sku) if item.available < 0 else ())
    )
    yield from checks.of_item(item, available, ledger, shortage_known=known)
    yield from _claims(item, deps)


def _claims(item: StockItem, deps: Auditing) -> Iterator[Discrepancy]:
    """A window of the claims, another one each time: a hot item has thousands."""
    every = sorted(item.claims)
    start = (deps.now // 60 * MAX_AUDIT_CLAIMS) % max(1, len(every))
    some = [*every[start:], *every[:start]][:MAX_AUDIT_CLAIMS]
    owners = {c.rpartition(".")[0] for c in some if not item.claims[c].startswith(SOFT)}
    carts = {c.rpartition(".")[0] for c in some if item.claims[c].startswith(SOFT)}
    orders = {id: order for id in sorted(owners) if (order := _find(id, deps))}
    held = {id: cart for id in sorted(carts) if (cart := deps.reservations.find(id))}
    yield from checks.of_claims(item, some, orders, held)


def _find(id: str, deps: Auditing) -> Order | None:
    try:
        return deps.orders.get(id)
    except NotFound:
        return None
