"""A batch of stock lines of one node: each stands alone, is booked once, and says how it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from ...domain.errors import Refused
from ...ports import ConfigReader, Stock
from .receive_stock import adjust_stock, count_stock

COUNT, DELTA = "COUNT", "DELTA"
BOOKED, REPEATED, REFUSED = "BOOKED", "REPEATED", "REFUSED"


@dataclass(frozen=True, slots=True)
class FeedLine:
    """`quantity`: all units found (COUNT), or the difference (DELTA)."""

    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class FeedResult:
    sku: str
    outcome: str
    reason: str = ""
    available: int | None = None


def feed_stock(
    id: str,
    node: str,
    kind: str,
    lines: Sequence[FeedLine],
    *,
    actor: str,
    stock: Stock,
    config: ConfigReader,
    now: int,
) -> list[dict[str, object]]:
    """One FeedResult per line, as plain values.

    `id` and the SKU make a line happen once; a refused line can be sent again, corrected.
    """
    config.node(node)

    def book(line: FeedLine) -> FeedResult:
        once = f"{id}:{line.sku}"
        if kind == COUNT:
            done = count_stock(
                once, line.sku, node, line.quantity,
                actor=actor, stock=stock, config=config, now=now,
            )  # fmt: skip
        else:
            done = adjust_stock(
                once, line.sku, node, line.quantity,
                reason=f"feed {id}", actor=actor, stock=stock, config=config, now=now,
            )  # fmt: skip
        outcome = BOOKED if done["booked"] else REPEATED
        return FeedResult(line.sku, outcome, available=int(str(done["available"])))

    return [asdict(_alone(book, line)) for line in lines]


def _alone(book: Callable[[FeedLine], FeedResult], line: FeedLine) -> FeedResult:
    try:
        return book(line)
    except Refused as error:
        return FeedResult(line.sku, REFUSED, "; ".join([error.detail, *error.fields.values()]))
