"""Stock lines in number: each stands alone, is booked once, and says how it went.

A COUNT with its `as_of` is one conditional write: counts of an item are ordered by (as_of, id), so
it may come twice, late or out of order. Without `as_of` it is of this moment, and a marker keeps
it from being booked again later. A DELTA has a marker always: differences add up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from ...domain.errors import LostRace, NotFound, Refused, ValidationFailed
from ...domain.model.stock_item import Movement, StockItem, apply
from ...domain.stock import counting, movements
from ...ports import ConfigReader, Stock, StockFeeds
from .receive_stock import count_stock

COUNT, DELTA = "COUNT", "DELTA"
BOOKED, REPEATED, STALE, REFUSED = "BOOKED", "REPEATED", "STALE", "REFUSED"
MAX_ROUNDS = 5  # of reading again what moved meanwhile
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FeedLine:
    """`quantity`: all units found as of then (COUNT), or the difference (DELTA).

    `id` with the node and the SKU names the line. `as_of` in epoch seconds, 0 = now.
    """

    id: str
    node: str
    sku: str
    kind: str
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
    outcome: str
    reason: str = ""
    available: int | None = None
    node: str = ""


@dataclass(frozen=True, slots=True)
class Feeding:
    """What lines are booked with."""

    actor: str
    stock: Stock
    feeds: StockFeeds
    config: ConfigReader
    now: int


def feed_stock(lines: Sequence[FeedLine], feeding: Feeding) -> list[FeedResult]:
    """One result per line, in their order. Raises LostRace where an item never stood still."""
    results: dict[int, FeedResult] = dict(_refused(lines, feeding))
    open_lines = [n for n in range(len(lines)) if n not in results]
    with_time = [n for n in open_lines if lines[n].kind == COUNT and lines[n].as_of]
    results |= _counts({n: lines[n] for n in with_time}, feeding)
    results |= _deltas({n: lines[n] for n in open_lines if lines[n].kind == DELTA}, feeding)
    for n in open_lines:
        if n not in results:
            results[n] = _alone(lines[n], lambda line: _count_of_now(line, feeding))
    return [results[n] for n in range(len(lines))]


def plain(results: Sequence[FeedResult]) -> list[dict[str, object]]:
    return [asdict(result) for result in results]


def _refused(lines: Sequence[FeedLine], feeding: Feeding) -> Mapping[int, FeedResult]:
    """Lines that cannot be booked whatever the stock is."""
    products = feeding.config.products([line.sku for line in lines])
    nowhere = _nowhere({line.node for line in lines}, feeding.config)

    def check(line: FeedLine) -> FeedResult:
        if line.node in nowhere:
            raise nowhere[line.node]
        if line.sku not in products:
            raise ValidationFailed(f"there is no product {line.sku}", fields={"/sku": "unknown"})
        if line.as_of:
            counting.check_time(line.as_of, feeding.now)
        if line.kind == DELTA and line.quantity == 0:
            raise ValidationFailed("nothing to adjust", fields={"/quantity": "must not be 0"})
        return _result(line, BOOKED)

    checked = {n: _alone(line, check) for n, line in enumerate(lines)}
    return {n: result for n, result in checked.items() if result.outcome == REFUSED}


def _nowhere(nodes: Iterable[str], config: ConfigReader) -> Mapping[str, NotFound]:
    """Nodes that do not exist: a file names few of them, many times."""
    found = {}
    for node in nodes:
        try:
            config.node(node)
        except NotFound as error:
            found[node] = error
    return found


def _alone(line: FeedLine, book: Callable[[FeedLine], FeedResult]) -> FeedResult:
    try:
        return book(line)
    except Refused as error:
        return _no(line, error)


def _no(line: FeedLine, error: Refused) -> FeedResult:
    reason = "; ".join([error.detail, *(f"{at} {why}" for at, why in error.fields.items())])
    return _result(line, REFUSED, reason)


def _result(
    line: FeedLine, outcome: str, reason: str = "", available: int | None = None
) -> FeedResult:
    return FeedResult(line.sku, outcome, reason, available, line.node)


def _counts(lines: Mapping[int, FeedLine], feeding: Feeding) -> dict[int, FeedResult]:
    """Judge all on what is there, write in parallel, judge again what moved meanwhile."""
    results: dict[int, FeedResult] = {}
    for _ in range(MAX_ROUNDS):
        todo = {n: line for n, line in lines.items() if n not in results}
        if not todo:
            return results
        results |= _one_round(todo, feeding)
    if len(results) < len(lines):
        raise LostRace("stock moved while it was counted")
    return results


def _one_round(lines: Mapping[int, FeedLine], feeding: Feeding) -> dict[int, FeedResult]:
    items = feeding.feeds.items([line.place for line in lines.values()])
    results: dict[int, FeedResult] = {}
    moves: dict[int, tuple[StockItem, Movement]] = {}
    for n, line in lines.items():
        item = items.get(line.place) or StockItem(*line.place)
        found = counting.judged(item, line.once, line.as_of)
        if found == counting.BOOK:
            if item.spread:
                item = feeding.stock.fenced(*line.place, line.as_of or feeding.now) or item
            moves[n] = item, _count(line, item, feeding)
        else:
            later = f"a count as of {item.counted_at} holds" if found == STALE else ""
            results[n] = _result(line, found, later, item.available)
    done = feeding.feeds.count_all([move for _, move in moves.values()])
    for (n, (item, move)), made in zip(moves.items(), done, strict=True):
        if made:
            results[n] = _result(lines[n], BOOKED, available=apply(item, move).available)
    return results


def _count(line: FeedLine, item: StockItem, feeding: Feeding) -> Movement:
    return counting.count(
        line.once, item, line.quantity,
        as_of=line.as_of, now=feeding.now, actor=feeding.actor, cause=f"feed {line.id}",
        fed=_told(line, feeding),
    )  # fmt: skip


def _told(line: FeedLine, feeding: Feeding) -> bool:
    """It is remembered when the feed spoke where somebody asks: it is one more index write."""
    return feeding.config.node(line.node).feed_fresh_s > 0


def _deltas(lines: Mapping[int, FeedLine], feeding: Feeding) -> dict[int, FeedResult]:
    """What happened before the last count is in that count already: it is stale."""
    if not lines:
        return {}
    places = [line.place for line in lines.values()]
    before = feeding.feeds.items(places)
    stale = {
        n
        for n, line in lines.items()
        if counting.includes(before.get(line.place), line.as_of, line.quantity)
    }
    todo = {n: line for n, line in lines.items() if n not in stale}
    moves = [_delta(line, before.get(line.place), feeding) for line in todo.values()]
    booked = dict(zip(todo, feeding.feeds.book_all(moves, now=feeding.now), strict=True))
    after = feeding.feeds.items(places)
    results = {}
    for n, line in lines.items():
        available = (after.get(line.place) or StockItem(*line.place)).available
        answer = booked.get(n)
        if isinstance(answer, Refused):
            results[n] = _no(line, answer)
        elif n in stale:
            results[n] = _result(line, STALE, "a later count holds", available)
        else:
            results[n] = _result(line, BOOKED if answer else REPEATED, available=available)
    return results


def _delta(line: FeedLine, item: StockItem | None, feeding: Feeding) -> Movement:
    at = max(line.as_of or feeding.now, item.fed_at if item else 0)
    return movements.adjust(
        line.once, line.sku, line.node, line.quantity, cause=f"feed {line.id}",
        actor=feeding.actor, at=line.as_of, fed_at=at if _told(line, feeding) else 0,
    )  # fmt: skip


def _count_of_now(line: FeedLine, feeding: Feeding) -> FeedResult:
    done = count_stock(
        f"{line.id}:{line.sku}", line.sku, line.node, line.quantity, actor=feeding.actor,
        stock=feeding.stock, config=feeding.config, now=feeding.now,
        fed=_told(line, feeding),
    )  # fmt: skip
    outcome = BOOKED if done["booked"] else REPEATED
    return _result(line, outcome, available=int(str(done["available"])))
