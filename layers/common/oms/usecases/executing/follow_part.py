"""Stock follows a part's transition. Runs from the stream, possibly twice, always in order."""

from __future__ import annotations

from ...domain.consequences.consequence import StockEffect
from ...domain.consequences.table import of_part
from ...domain.ids import claim_id
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.movement_kind import MovementKind
from ...domain.model.stock_item import Movement, StockItem
from ...domain.preparing.effects import BLIND, movements_of
from ...domain.stock.movements import ARRIVAL, by, empty_shelf, first_of
from ...ports import Stock

ACTOR = "follow_orders"


def follow_part(event: str, part: FulfilmentOrder, *, stock: Stock, now: int) -> int:
    """Do the movements that `event` asks for; answers how many were new."""
    effect = of_part(event).stock
    if effect is None or part.digital:
        return 0
    items = _items(effect, part, stock)
    done = 0
    actor = part.timeline[-1].actor if part.timeline else ACTOR
    if effect is StockEffect.ARRIVE:
        _open_items(part, items, actor, stock, now)
    for movement in by(actor, movements_of(event, part, items)):
        marked = not movement.claim or movement.kind == ARRIVAL
        new = stock.movements.book(movement, now=now) if marked else stock.movements.move(movement)
        done += 1 if new else 0
        if movement.kind == MovementKind.SHORT_NOT_IN_STOCK:
            _empty_shelf(movement, stock, now)
    return done


def _empty_shelf(short: Movement, stock: Stock, now: int) -> None:
    """The picker saw one shelf, wherever its units lie in the books: what the books still have
    there is gone, too.
    """
    whole = stock.items.whole(short.sku, short.node)
    if whole and whole.spread:
        rest = empty_shelf(short, whole)
        if rest.on_hand:
            stock.movements.book(rest, now=now)


def _items(effect: StockEffect, part: FulfilmentOrder, stock: Stock) -> dict[str, StockItem]:
    """Read only where the movement depends on what is there."""
    if effect in BLIND or (effect is StockEffect.PREPARE and not part.short):
        return {}
    skus = set(part.skus.values())
    found = {sku: stock.items.get(sku, part.node, part.location_of(sku)) for sku in sorted(skus)}
    return {sku: item for sku, item in found.items() if item}


def _open_items(
    part: FulfilmentOrder, items: dict[str, StockItem], actor: str, stock: Stock, now: int
) -> None:
    claim = claim_id(part.order_id, part.number)
    missing = sorted(set(part.by_sku) - set(items))
    for movement in by(actor, [first_of(claim, sku, part.node) for sku in missing]):
        stock.movements.book(movement, now=now)
