"""One run of the auditor: fold what is new in the lake, look at what it touched, tell what stays.

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
from ...ports.auditing import AuditBooks, LakeReader, Note, Notes
from ..stocking.watch_levels import Watcher
from .look_again import Looker
from .tell_pace import PaceTeller

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

    moves: dict[Place, list[tuple[Note, ledger.LedgerLine]]] = field(default_factory=dict)
    orders: set[str] = field(default_factory=set)


def run_audit(
    *,
    notes: Notes,
    lake: LakeReader,
    books: AuditBooks,
    looker: Looker,
    watcher: Watcher,
    pace: PaceTeller,
    now: int,
    grace_s: int,
) -> AuditReport:
    """`grace_s`: how long a difference may be a change under way."""
    taken = notes.take(MAX_AUDIT_OBJECTS)
    new, report = _read(taken, lake), AuditReport(objects=len(taken))
    later: set[Note] = set()
    for (sku, node), moves in sorted(new.moves.items()):
        report.movements += len(moves)
        wrong, kept = _fold(sku, node, moves, books)
        report.cases += [each for each in wrong if looker.tell(each)]
        later |= kept
    suspected = books.suspects(MAX_AUDIT_SUSPECTS)
    subjects = {subject for _, subject in suspected}
    subjects |= {order_subject(order) for order in new.orders}
    subjects |= {stock_subject(*place) for place in new.moves}
    found = {each.id: each for subject in sorted(subjects) for each in looker.look(subject)}
    report.looked_at = len(subjects)
    for id in {id for id, _ in suspected} - set(found):
        books.clear(id)
    for each in found.values():
        report.suspects += 1
        if now - books.suspect(each, now) >= grace_s and looker.tell(each):
            report.cases.append(each)
    report.alerts = _watched({sku for sku, _ in new.moves}, watcher)
    pace.tell(new.moves)
    if len(taken) < MAX_AUDIT_OBJECTS:
        pace.caught_up()
    notes.done(note for note in taken if note not in later)
    return report


def _watched(moved: set[str], watcher: Watcher) -> int:
    """Changes of level that were told, of SKUs that moved and of those whose pace is due.

    A look is ticked off when the next one is noted: a death in between makes it twice.
    """
    due = watcher.paces.due(watcher.now // ledger.SECONDS_A_DAY, MAX_AUDIT_PACES)
    told = sum(watcher.watch(sku) for sku in sorted(moved | {sku for _, sku in due}))
    for look in due:
        watcher.paces.looked(*look)
    return told


def _read(taken: Iterable[Note], lake: LakeReader) -> _New:
    new = _New()
    for note in taken:
        for row in lake.lines(note.key) if note.key else ():
            if note.key.startswith(f"{STOCK}/"):
                place = (str(row["sku"]), site(str(row["node"]), location_in(row)))
                new.moves.setdefault(place, []).append((note, ledger.line_of(row)))
            elif row.get("order_id"):
                new.orders.add(str(row["order_id"]))
    return new


def _fold(
    sku: str, node: str, moves: list[tuple[Note, ledger.LedgerLine]], books: AuditBooks
) -> tuple[list[Discrepancy], set[Note]]:
    """What does not add up, and the objects whose turn is later: a movement before theirs is
    still on its way. After `MAX_AUDIT_LOOKS` it is taken to be missing.
    """
    before = books.ledger(sku, node)
    ready, kept, at = [], set(), before.version
    for note, line in sorted(moves, key=lambda each: each[1].version):
        if line.version <= at + 1 or note.looks >= MAX_AUDIT_LOOKS:
            ready.append(line)
            at = max(at, line.version)
        else:
            kept.add(note)
    after, wrong = ledger.fold(ready, before)
    if after.version != before.version:
        books.put_ledger(sku, node, after, before=before)
    subject = stock_subject(sku, node)
    return [Discrepancy(subject, "I2", w.what, w.expected, w.found) for w in wrong], kept
