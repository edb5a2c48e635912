"""Stock follows a part's transition. Runs from the stream, possibly twice, always in order."""

from __future__ import annotations

from ...domain.parts.effects import TOUCHES_STOCK, movements_of
from ...domain.parts.fulfilment import FulfilmentOrder
from ...domain.stock.item import StockItem
from ...domain.stock.movements import by
from ...ports import Stock


def follow_part(event: str, part: FulfilmentOrder, *, stock: Stock, now: int) -> int:
    """Do the movements that `event` asks for; answers how many were new."""
    if event not in TOUCHES_STOCK:
        return 0
    items = _items(event, part, stock)
    done = 0
    actor = part.timeline[-1].actor if part.timeline else "advance"
    for movement in by(actor, movements_of(event, part, items)):
        new = stock.move(movement) if movement.claim else stock.book(movement, now=now)
        done += 1 if new else 0
    return done


def _items(event: str, part: FulfilmentOrder, stock: Stock) -> dict[str, StockItem]:
    """Read only where the movement depends on what is there."""
    if event in ("ship", "collect", "unpick", "late_ship") or (event == "pick" and not part.short):
        return {}
    skus = set(part.skus.values())
    found = {sku: stock.item(sku, part.node) for sku in sorted(skus)}
    return {sku: item for sku, item in found.items() if item}
