"""One run of the auditor: fold what is new in the lake, inspect what it touched, report what stays.

    new objects of the lake ─► ledgers are folded on        what does not add up is a case at once
                            └► orders and SKUs touched ─► their invariants, as they are stored now
                                ├► levels of the SKUs touched ─► stock that is low, out, too much
    SKUs sold lately, once a day ┘
                                └► sales and age of their stock ─► what sourcing may compare by
    suspected before ───────────────────────────────────► looked at again; still so: a case

Nothing is repaired. A run takes on a bounded number of objects; the queue keeps the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from ...domain.auditing.checks import Discrepancy, order_subject, site, stock_subject
from ...domain.hot_stock.place import location_in
from ...domain.limits.stock import (
    MAX_AUDIT_LOOKS,
    MAX_AUDIT_OBJECTS,
    MAX_AUDIT_PACES,
    MAX_AUDIT_SUSPECTS,
)
from ...domain.publishing.lake_lines import STOCK
from ...domain.stock import ledger
from ...ports.auditing import AuditBooks, LakeObject
from ..alerting.deps import Alerting
from ..alerting.watch_levels import watch_levels
from .deps import Auditing
from .inspect_subject import inspect_subject
from .publish_sales_pace import publish_sales_pace
from .report_discrepancy import report_discrepancy

Place = tuple[str, str]  # SKU, site: a node, or a location of a hot SKU there


@dataclass
class AuditReport:
    """`cases` are the discrepancies told by this run, `alerts` the changes of stock levels."""

    objects: int = 0
    movements: int = 0
    looked_at: int = 0
    suspects: int = 0
    alerts: int = 0
    cases: list[Discrepancy] = field(default_factory=list)

    def plain(self) -> dict[str, object]:
        return asdict(self)


@dataclass
class _New:
    """What the new objects tell: movements by place with the objects they came in, orders."""

    moves: dict[Place, list[tuple[LakeObject, ledger.LedgerLine]]] = field(default_factory=dict)
    orders: set[str] = field(default_factory=set)


def run_audit(grace_s: int, deps: Auditing) -> AuditReport:
    """`grace_s`: how long a difference may be a change under way."""
    taken = deps.queue.take(MAX_AUDIT_OBJECTS)
    new, report = _read(taken, deps), AuditReport(objects=len(taken))
    later: set[LakeObject] = set()
    for (sku, at), moves in sorted(new.moves.items()):
        report.movements += len(moves)
        wrong, kept = _fold(sku, at, moves, deps.books)
        report.cases += [each for each in wrong if report_discrepancy(each, deps)]
        later |= kept
    _inspect(new, grace_s, report, deps)
    report.alerts = _watched({sku for sku, _ in new.moves}, deps.alerting)
    publish_sales_pace(new.moves, deps)
    if len(taken) < MAX_AUDIT_OBJECTS:
        deps.reports.caught_up(deps.now)
    deps.queue.done(each for each in taken if each not in later)
    return report


def _inspect(new: _New, grace_s: int, report: AuditReport, deps: Auditing) -> None:
    """What was touched or suspected; a difference that stays becomes a case."""
    books = deps.books
    suspected = books.suspects(MAX_AUDIT_SUSPECTS)
    subjects = {subject for _, subject in suspected}
    subjects |= {order_subject(order) for order in new.orders}
    subjects |= {stock_subject(*place) for place in new.moves}
    found = {
        each.id: each for subject in sorted(subjects) for each in inspect_subject(subject, deps)
    }
    report.looked_at = len(subjects)
    for id in {id for id, _ in suspected} - set(found):
        books.clear(id)
    for each in found.values():
        report.suspects += 1
        if deps.now - books.suspect(each, deps.now) >= grace_s and report_discrepancy(each, deps):
            report.cases.append(each)


def _watched(moved: set[str], deps: Alerting) -> int:
    """Changes of level that were told, of SKUs that moved and of those whose pace is due.

    A look is ticked off when the next one is noted: a death in between makes it twice.
    """
    due = deps.paces.due(deps.now // ledger.SECONDS_A_DAY, MAX_AUDIT_PACES)
    changes = sum(watch_levels(sku, deps) for sku in sorted(moved | {sku for _, sku in due}))
    for look in due:
        deps.paces.looked(*look)
    return changes


def _read(taken: Iterable[LakeObject], deps: Auditing) -> _New:
    new = _New()
    for each in taken:
        for row in deps.lake.lines(each.key) if each.key else ():
            if each.key.startswith(f"{STOCK}/"):
                place = (str(row["sku"]), site(str(row["node"]), location_in(row)))
                new.moves.setdefault(place, []).append((each, ledger.line_of(row)))
            elif row.get("order_id"):
                new.orders.add(str(row["order_id"]))
    return new


def _fold(
    sku: str, node: str, moves: list[tuple[LakeObject, ledger.LedgerLine]], books: AuditBooks
) -> tuple[list[Discrepancy], set[LakeObject]]:
    """What does not add up, and the objects whose turn is later: a movement before theirs is
    still on its way. After `MAX_AUDIT_LOOKS` it is taken to be missing.
    """
    before = books.ledger(sku, node)
    ready, kept, at = [], set(), before.version
    for each, line in sorted(moves, key=lambda move: move[1].version):
        if line.version <= at + 1 or each.looks >= MAX_AUDIT_LOOKS:
            ready.append(line)
            at = max(at, line.version)
        else:
            kept.add(each)
    after, wrong = ledger.fold(ready, before)
    if after.version != before.version:
        books.put_ledger(sku, node, after, before=before)
    subject = stock_subject(sku, node)
    return [Discrepancy(subject, "I2", w.what, w.expected, w.found) for w in wrong], kept
