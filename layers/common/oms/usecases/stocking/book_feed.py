"""Stock lines in number: each stands alone, is booked once, and says how it went.

A COUNT with its `as_of` is one conditional write: counts of an item are ordered by (as_of, id), so
it may come twice, late or out of order. Without `as_of` it is of this moment, and a marker keeps
it from being booked again later. A DELTA has a marker always: differences add up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ...domain.errors import LostRace, NotFound, Refused, ValidationFailed
from ...domain.model.stock_item import Movement, StockItem, apply
from ...domain.stock import counting, movements
from ...ports import ConfigReader
from .count_stock import count_stock
from .deps import Stocking
from .reports import StockCount

MAX_ROUNDS = 5  # of reading again what moved meanwhile
Place = tuple[str, str]


class FeedKind(StrEnum):
    COUNT = "COUNT"
    DELTA = "DELTA"


class FeedOutcome(StrEnum):
    BOOKED = "BOOKED"
    REPEATED = "REPEATED"
    STALE = "STALE"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class FeedLine:
    """`quantity`: all units found as of then (COUNT), or the difference (DELTA).

    `id` with the node and the SKU names the line. `as_of` in epoch seconds, 0 = now.
    """

    id: str
    node: str
    sku: str
    kind: FeedKind
    quantity: int
    as_of: int = 0

    @property
    def place(self) -> Place:
        return self.sku, self.node

    @property
    def once(self) -> str:
        return f"{self.node}:{self.id}:{self.sku}"


@dataclass(frozen=True, slots=True)
class FeedResult:
    """`available` is what the item has after the line, None where it was refused."""

    sku: str
    outcome: FeedOutcome
    reason: str = ""
    available: int | None = None
    node: str = ""


def book_feed(lines: Sequence[FeedLine], actor: str, deps: Stocking) -> list[FeedResult]:
    """One result per line, in their order. Raises LostRace where an item never stood still."""
    results: dict[int, FeedResult] = dict(_refused(lines, deps))
    open_lines = [n for n in range(len(lines)) if n not in results]
    with_time = [n for n in open_lines if lines[n].kind == FeedKind.COUNT and lines[n].as_of]
    results |= _counts({n: lines[n] for n in with_time}, actor, deps)
    results |= _deltas(
        {n: lines[n] for n in open_lines if lines[n].kind == FeedKind.DELTA}, actor, deps
    )
    for n in open_lines:
        if n not in results:
            results[n] = _one_line(lines[n], lambda line: _count_of_now(line, actor, deps))
    return [results[n] for n in range(len(lines))]


def _refused(lines: Sequence[FeedLine], deps: Stocking) -> Mapping[int, FeedResult]:
    """Lines that cannot be booked whatever the stock is."""
    products = deps.config.products([line.sku for line in lines])
    nowhere = _nowhere({line.node for line in lines}, deps.config)

    def check(line: FeedLine) -> FeedResult:
        if line.node in nowhere:
            raise nowhere[line.node]
        if line.sku not in products:
            raise ValidationFailed(f"there is no product {line.sku}", fields={"/sku": "unknown"})
        if line.as_of:
            counting.check_time(line.as_of, deps.now)
        if line.kind == FeedKind.DELTA and line.quantity == 0:
            raise ValidationFailed("nothing to adjust", fields={"/quantity": "must not be 0"})
        return _result(line, FeedOutcome.BOOKED)

    checked = {n: _one_line(line, check) for n, line in enumerate(lines)}
    return {n: result for n, result in checked.items() if result.outcome == FeedOutcome.REFUSED}


def _nowhere(nodes: Iterable[str], config: ConfigReader) -> Mapping[str, NotFound]:
    """Nodes that do not exist: a file names few of them, many times."""
    found = {}
    for node in nodes:
        try:
            config.node(node)
        except NotFound as error:
            found[node] = error
    return found


def _one_line(line: FeedLine, book: Callable[[FeedLine], FeedResult]) -> FeedResult:
    try:
        return book(line)
    except Refused as error:
        return _refusal(line, error)


def _refusal(line: FeedLine, error: Refused) -> FeedResult:
    reason = "; ".join([error.detail, *(f"{at} {why}" for at, why in error.fields.items())])
    return _result(line, FeedOutcome.REFUSED, reason)


def _result(
    line: FeedLine, outcome: FeedOutcome, reason: str = "", available: int | None = None
) -> FeedResult:
    return FeedResult(line.sku, outcome, reason, available, line.node)


def _counts(lines: Mapping[int, FeedLine], actor: str, deps: Stocking) -> dict[int, FeedResult]:
    """Judge all on what is there, write in parallel, judge again what moved meanwhile."""
    results: dict[int, FeedResult] = {}
    for _ in range(MAX_ROUNDS):
        todo = {n: line for n, line in lines.items() if n not in results}
        if not todo:
            return results
        results |= _one_round(todo, actor, deps)
    if len(results) < len(lines):
        raise LostRace("stock moved while it was counted")
    return results


def _one_round(lines: Mapping[int, FeedLine], actor: str, deps: Stocking) -> dict[int, FeedResult]:
    items = deps.feeds.items([line.place for line in lines.values()])
    results: dict[int, FeedResult] = {}
    moves: dict[int, tuple[StockItem, Movement]] = {}
    for n, line in lines.items():
        item = items.get(line.place) or StockItem(*line.place)
        found = counting.judged(item, line.once, line.as_of)
        if found == counting.CountVerdict.BOOK:
            if item.spread:
                item = deps.stock.fences.fence(*line.place, line.as_of or deps.now) or item
            moves[n] = item, _count(line, item, actor, deps)
        else:
            later = (
                f"a count as of {item.counted_at} holds"
                if found == counting.CountVerdict.STALE
                else ""
            )
            results[n] = _result(line, FeedOutcome(found), later, item.available)
    done = deps.feeds.count_all([move for _, move in moves.values()])
    for (n, (item, move)), made in zip(moves.items(), done, strict=True):
        if made:
            results[n] = _result(
                lines[n], FeedOutcome.BOOKED, available=apply(item, move).available
            )
    return results


def _count(line: FeedLine, item: StockItem, actor: str, deps: Stocking) -> Movement:
    return counting.count(
        line.once, item, line.quantity,
        as_of=line.as_of, now=deps.now, actor=actor, cause=f"feed {line.id}",
        fed=_fed(line, deps),
    )  # fmt: skip


def _fed(line: FeedLine, deps: Stocking) -> bool:
    """It is remembered when the feed spoke where somebody asks: it is one more index write."""
    return deps.config.node(line.node).feed_fresh_s > 0


def _deltas(lines: Mapping[int, FeedLine], actor: str, deps: Stocking) -> dict[int, FeedResult]:
    """What happened before the last count is in that count already: it is stale."""
    if not lines:
        return {}
    places = [line.place for line in lines.values()]
    before = deps.feeds.items(places)
    stale = {
        n
        for n, line in lines.items()
        if counting.includes(before.get(line.place), line.as_of, line.quantity)
    }
    todo = {n: line for n, line in lines.items() if n not in stale}
    moves = [_delta(line, before.get(line.place), actor, deps) for line in todo.values()]
    booked = dict(zip(todo, deps.feeds.book_all(moves, now=deps.now), strict=True))
    after = deps.feeds.items(places)
    results = {}
    for n, line in lines.items():
        available = (after.get(line.place) or StockItem(*line.place)).available
        answer = booked.get(n)
        if isinstance(answer, Refused):
            results[n] = _refusal(line, answer)
        elif n in stale:
            results[n] = _result(line, FeedOutcome.STALE, "a later count holds", available)
        else:
            results[n] = _result(
                line, FeedOutcome.BOOKED if answer else FeedOutcome.REPEATED, available=available
            )
    return results


def _delta(line: FeedLine, item: StockItem | None, actor: str, deps: Stocking) -> Movement:
    at = max(line.as_of or deps.now, item.fed_at if item else 0)
    return movements.adjust(
        line.once, line.sku, line.node, line.quantity, cause=f"feed {line.id}",
        actor=actor, at=line.as_of, fed_at=at if _fed(line, deps) else 0,
    )  # fmt: skip


def _count_of_now(line: FeedLine, actor: str, deps: Stocking) -> FeedResult:
    id = f"{line.id}:{line.sku}"
    count = StockCount(id, line.sku, line.node, line.quantity, fed=_fed(line, deps))
    done = count_stock(count, actor, deps)
    outcome = FeedOutcome.BOOKED if done["booked"] else FeedOutcome.REPEATED
    return _result(line, outcome, available=int(str(done["available"])))
