"""The invariants I1 to I6 and I10 as questions to what is stored; each answer names both values.

A difference may be a change under way: an order is written before its stock follows. So whoever
asks asks again later, and only what is still so is a discrepancy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..ids import claim_id
from ..model import fulfilment as fo
from ..model import order as o
from ..model.node import DIGITAL
from ..model.order import Order
from ..model.stock_item import SOFT, StockItem, problems
from ..model.stock_location import MAIN, StockLocation
from ..model.units import NO_UNITS
from ..orders import buckets, progress
from ..reserving.reservation import ACTIVE, Reservation
from ..stock.ledger import LedgerBalance, balance_of

Place = tuple[str, str]  # SKU, node
ORDER, STOCK = "order", "stock"
RETURN_ENDED = frozenset({"COMPLETED", "EXPIRED", "CANCELLED"})


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """`subject`: "order/<id>" or "stock/<node>/<sku>"; `what` names the value within it."""

    subject: str
    invariant: str
    what: str
    expected: object
    found: object

    @property
    def id(self) -> str:
        return f"{self.subject}|{self.invariant}|{self.what}"


def order_subject(id: str) -> str:
    return f"{ORDER}/{id}"


def site(node: str, location: StockLocation = MAIN) -> str:
    """Where an item lies: its node, and of a hot SKU the location there."""
    return node if location == MAIN else f"{node}#{location}"


def place_of_site(text: str) -> tuple[str, StockLocation]:
    """Node and location."""
    node, _, location = text.partition("#")
    return node, StockLocation(int(location or MAIN))


def stock_subject(sku: str, node: str) -> str:
    """`node` is a site."""
    return f"{STOCK}/{node}/{sku}"


# --- orders ------------------------------------------------------------------------------------


def of_order(order: Order, held: Mapping[tuple[str, Place], str]) -> Iterator[Discrepancy]:
    """I1, I3 and I6; `held`: (claim, place) → the entry that the stock has for it."""
    subject = order_subject(order.id)
    for line in order.snapshot.lines:
        found = buckets.buckets_of(order, line)
        total = sum(getattr(found, name) for name in buckets.DISJOINT)
        if total != line.quantity:
            yield Discrepancy(subject, "I1", f"line {line.no}", line.quantity, total)
        holders = Counter(unit for part in order.parts for unit in _live(part, line.no))
        for unit, parts in sorted(holders.items()):
            if parts > 1:
                yield Discrepancy(subject, "I6", f"parts of unit {line.no}/{unit}", 1, parts)
    for (claim, place), entry in claims_of(order).items():
        entry_now = held.get((claim, place), "")
        if entry_now != entry:
            yield Discrepancy(
                subject, "I3", f"claim {claim} of {'@'.join(place)}", entry, entry_now
            )


def _live(part: fo.FulfilmentOrder, no: int) -> frozenset[int]:
    return NO_UNITS if part.status in fo.DEAD else part.lines.get(no, NO_UNITS)


def claims_of(order: Order) -> dict[tuple[str, Place], str]:
    """Which entries an order's live parts and plans must have in the stock items."""
    found: dict[tuple[str, Place], str] = {}
    for part in order.parts:
        if part.status not in fo.TERMINAL and not part.digital:
            kind = "S" if part.status in fo.PREPARED else "A"
            for sku, units in part.by_sku.items():
                found[claim_id(order.id, part.number), (sku, part.node)] = f"{kind}{units}"
    if order.state.status == o.CANCELLED:
        return found
    for plan in (each for each in order.planned if each.node != DIGITAL):
        wanted: Counter[str] = Counter()
        for no, which in plan.lines.items():
            wanted[order.snapshot.line(no).sku] += len(which)
        for sku, units in wanted.items():
            found[claim_id(order.id, plan.number), (sku, plan.node)] = f"A{units}"
    return found


def waits_for_nothing(order: Order, now: int) -> bool:
    """I10 but for its execution: it has not ended, and neither a time nor a case is set."""
    ended = order.state.status in (o.COMPLETED, o.CANCELLED)
    at_work = [part for part in order.parts if part.status not in fo.TERMINAL]
    if ended and not at_work:
        return False
    timers = [part.due for part in at_work] + [payment.due for payment in order.payments]
    timers.append(progress.next_check_at(order, order.state, now))
    open_case = any(case["status"] not in ("RESOLVED", "DISMISSED") for case in order.cases)
    return not open_case and not any(timers)


def stuck(order: Order) -> Discrepancy:
    found = f"{order.state.status}, nothing set"
    return Discrepancy(order_subject(order.id), "I10", "order", "timer, execution or case", found)


# --- stock -------------------------------------------------------------------------------------


def of_item(
    item: StockItem, stored_available: int, ledger: LedgerBalance, *, shortage_known: bool
) -> Iterator[Discrepancy]:
    """I2, I5 and the sums of I3 and I4 within the item; its ledger folds to its balance."""
    subject = stock_subject(item.sku, site(item.node, item.location))
    if stored_available != item.available:
        yield Discrepancy(subject, "I2", "available", item.available, stored_available)
    for problem in problems(item):
        yield Discrepancy(subject, "I3", problem.partition(" ")[0], "as its claims", problem)
    if item.available < 0 and not shortage_known:
        yield Discrepancy(subject, "I5", "available", "0 or a shortage case", item.available)
    yield from _ledger(item, ledger, subject)


def _ledger(item: StockItem, ledger: LedgerBalance, subject: str) -> Iterator[Discrepancy]:
    if ledger.version != item.version:
        yield Discrepancy(subject, "I2", "ledger version", item.version, ledger.version)
        return
    balance = balance_of(item)
    for name in sorted({*balance, *ledger.balance}):
        folded, stored = ledger.balance.get(name, 0), balance.get(name, 0)
        if folded != stored:
            yield Discrepancy(subject, "I2", f"ledger {name}", folded, stored)


def of_claims(
    item: StockItem,
    claims: Iterable[str],
    orders: Mapping[str, Order],
    carts: Mapping[str, Reservation],
) -> Iterator[Discrepancy]:
    """I3, I4: each of these claims has an owner that holds as much. The owners were looked up."""
    subject = stock_subject(item.sku, site(item.node, item.location))
    place = (item.sku, item.node)
    for claim in claims:
        entry, owner = item.claims[claim], claim.rpartition(".")[0]
        if entry.startswith(SOFT):
            invariant, expected = "I4", _cart_entry(carts.get(owner), place)
        else:
            order = orders.get(owner)
            invariant, expected = "I3", claims_of(order).get((claim, place), "") if order else ""
        if entry != expected:
            yield Discrepancy(subject, invariant, f"claim {claim}", expected, entry)


def _cart_entry(cart: Reservation | None, place: Place) -> str:
    if cart is None or cart.status != ACTIVE:
        return ""
    return next((f"{SOFT}{h.quantity}" for h in cart.holds if (h.sku, h.node) == place), "")
