"""Stock follows a part's transition. Runs from the stream, possibly twice, always in order."""

from __future__ import annotations

from ...domain.ids import claim_id
from ...domain.parts.effects import TOUCHES_STOCK, movements_of
from ...domain.parts.fulfilment import FulfilmentOrder
from ...domain.stock.item import StockItem
from ...domain.stock.movements import ARRIVAL, by, first_of
from ...ports import Stock

UNREAD = frozenset({"ship", "collect", "unpick", "late_ship", "dispatch"})


def follow_part(event: str, part: FulfilmentOrder, *, stock: Stock, now: int) -> int:
    """Do the movements that `event` asks for; answers how many were new."""
    if event not in TOUCHES_STOCK:
        return 0
    items = _items(event, part, stock)
    done = 0
    actor = part.timeline[-1].actor if part.timeline else "advance"
    if event == "arrive":
        _open_items(part, items, stock, now)
    for movement in by(actor, movements_of(event, part, items)):
        marked = not movement.claim or movement.kind == ARRIVAL
        new = stock.book(movement, now=now) if marked else stock.move(movement)
        done += 1 if new else 0
    return done


def _items(event: str, part: FulfilmentOrder, stock: Stock) -> dict[str, StockItem]:
    """Read only where the movement depends on what is there."""
    if event in UNREAD or (event == "pick" and not part.short):
        return {}
    skus = set(part.skus.values())
    found = {sku: stock.item(sku, part.node) for sku in sorted(skus)}
    return {sku: item for sku, item in found.items() if item}


def _open_items(part: FulfilmentOrder, items: dict[str, StockItem], stock: Stock, now: int) -> None:
    claim = claim_id(part.order_id, part.number)
    for sku in sorted(set(part.by_sku) - set(items)):
        stock.book(first_of(claim, sku, part.node), now=now)
