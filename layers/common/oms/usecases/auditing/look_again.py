"""Look at one order or stock item as it is stored now, and tell a human what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...domain.auditing import checks
from ...domain.auditing.checks import RETURN_ENDED, Discrepancy
from ...domain.errors import NotFound
from ...domain.limits.stock import MAX_AUDIT_CLAIMS
from ...domain.model.order import Order
from ...domain.model.stock_item import SOFT, StockItem
from ...ports import Orders, Reservations
from ...ports.auditing import AuditBooks, Executions, StockCases
from ...ports.stock_raw import RawStock

SHORTAGE = "STOCK_SHORTAGE"
ACTOR = "auditor"
CLOSED = ("RESOLVED", "DISMISSED")


@dataclass(frozen=True, slots=True)
class Looker:
    books: AuditBooks
    orders: Orders
    reservations: Reservations
    stock: RawStock
    cases: StockCases
    executions: Executions
    now: int

    def look(self, subject: str) -> list[Discrepancy]:
        kind, _, rest = subject.partition("/")
        if kind == checks.ORDER:
            return list(self._order(rest))
        node, _, sku = rest.partition("/")
        return list(self._item(sku, node))

    def _order(self, id: str) -> Iterator[Discrepancy]:
        try:
            order = self.orders.get(id)
        except NotFound:
            return
        places = {place for _, place in checks.claims_of(order)}
        held = {
            (claim, place): entry
            for place in places
            for claim, entry in self.stock.claims_at(*place).items()
        }
        yield from checks.of_order(order, held)
        if checks.waits_for_nothing(order, self.now) and not self._running("order", id):
            yield checks.stuck(order)
        yield from self._returns(order)

    def _returns(self, order: Order) -> Iterator[Discrepancy]:
        for ret in order.returns:
            alive = ret.status in RETURN_ENDED or ret.due is not None
            if not alive and not self._running("return", f"{order.id}-R{ret.number}"):
                what, wanted = f"return {ret.number}", "timer, execution or case"
                yield Discrepancy(
                    checks.order_subject(order.id), "I10", what, wanted, f"{ret.status}, nothing"
                )

    def _running(self, kind: str, name: str) -> bool:
        return self.executions.running(kind, name)

    def _item(self, sku: str, node: str) -> Iterator[Discrepancy]:
        place, location = checks.place_of_site(node)
        stored = self.stock.stored(sku, place, location)
        if stored is None:
            return
        item, available = stored
        ledger = self.books.ledger(sku, node)
        known = any(
            case["kind"] == SHORTAGE and case["node"] == place and case["status"] not in CLOSED
            for case in (self.cases.cases(sku) if item.available < 0 else ())
        )
        yield from checks.of_item(item, available, ledger, shortage_known=known)
        yield from self._claims(item)

    def _claims(self, item: StockItem) -> Iterator[Discrepancy]:
        """A window of the claims, another one each time: a hot item has thousands."""
        every = sorted(item.claims)
        start = (self.now // 60 * MAX_AUDIT_CLAIMS) % max(1, len(every))
        some = [*every[start:], *every[:start]][:MAX_AUDIT_CLAIMS]
        owners = {c.rpartition(".")[0] for c in some if not item.claims[c].startswith(SOFT)}
        carts = {c.rpartition(".")[0] for c in some if item.claims[c].startswith(SOFT)}
        orders = {id: order for id in sorted(owners) if (order := self._find(id))}
        held = {id: cart for id in sorted(carts) if (cart := self.reservations.find(id))}
        yield from checks.of_claims(item, some, orders, held)

    def _find(self, id: str) -> Order | None:
        try:
            return self.orders.get(id)
        except NotFound:
            return None

    def tell(self, found: Discrepancy) -> bool:
        """An exception case with both values; False when it was told before."""
        content = {
            "reason": f"{found.invariant}: {found.what}",
            "expected": str(found.expected),
            "found": str(found.found),
            "at": self.now,
            "by": ACTOR,
        }
        kind, _, rest = found.subject.partition("/")
        name = f"AUDIT_{found.invariant}"
        if kind == checks.ORDER:
            return self.orders.open_case(rest, name, 0, content)
        node, _, sku = rest.partition("/")
        return self.cases.open_case(sku, node, name, content)
