"""Stock follows a part's transition. Runs from the stream, possibly twice, always in order."""

from __future__ import annotations

from ...domain.ids import claim_id
from ...domain.model.fulfilment import NOT_IN_STOCK, FulfilmentOrder
from ...domain.model.stock_item import Movement, StockItem
from ...domain.preparing.effects import TOUCHES_STOCK, movements_of
from ...domain.stock.movements import ARRIVAL, by, empty_shelf, first_of
from ...ports import Stock

UNREAD = frozenset({"ship", "collect", "unpick", "late_ship", "dispatch"})


def follow_part(event: str, part: FulfilmentOrder, *, stock: Stock, now: int) -> int:
    """Do the movements that `event` asks for; answers how many were new."""
    if event not in TOUCHES_STOCK or part.digital:
        return 0
    items = _items(event, part, stock)
    done = 0
    actor = part.timeline[-1].actor if part.timeline else "advance"
    if event == "arrive":
        _open_items(part, items, actor, stock, now)
    for movement in by(actor, movements_of(event, part, items)):
        marked = not movement.claim or movement.kind == ARRIVAL
        new = stock.book(movement, now=now) if marked else stock.move(movement)
        done += 1 if new else 0
        if movement.kind == f"SHORT_{NOT_IN_STOCK}":
            _empty_shelf(movement, stock, now)
    return done


def _empty_shelf(short: Movement, stock: Stock, now: int) -> None:
    """The picker saw one shelf, wherever its units lie in the books: what the books still have
    there is gone, too.
    """
    whole = stock.whole(short.sku, short.node)
    if whole and whole.spread:
        rest = empty_shelf(short, whole)
        if rest.on_hand:
            stock.book(rest, now=now)


def _items(event: str, part: FulfilmentOrder, stock: Stock) -> dict[str, StockItem]:
    """Read only where the movement depends on what is there."""
    if event in UNREAD or (event == "pick" and not part.short):
        return {}
    skus = set(part.skus.values())
    found = {sku: stock.item(sku, part.node, part.location_of(sku)) for sku in sorted(skus)}
    return {sku: item for sku, item in found.items() if item}


def _open_items(
    part: FulfilmentOrder, items: dict[str, StockItem], actor: str, stock: Stock, now: int
) -> None:
    claim = claim_id(part.order_id, part.number)
    missing = sorted(set(part.by_sku) - set(items))
    for movement in by(actor, [first_of(claim, sku, part.node) for sku in missing]):
        stock.book(movement, now=now)
