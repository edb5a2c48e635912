"""What follows from an offer: its rows in the work lists, and the hold when another node has it."""

from __future__ import annotations

from ...domain.consequences.consequence import OfferEffect
from ...domain.consequences.table import of_part
from ...domain.ids import claim_id
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import effects
from ...ports import Orders, Stock
from .free_day import free_day


def follow_offer(event: str, part: FulfilmentOrder, *, orders: Orders, stock: Stock) -> None:
    """Harmless when repeated, and late: a row of an offer that is over shows nothing."""
    follows = of_part(event).offer
    if not part.offered or follows is None:
        return
    if part.status == fo.OFFERED:
        orders.put_offers(part)
    elif follows is not OfferEffect.SHOW:
        orders.drop_offers(part)
    holder = part.offered[0]
    if follows is OfferEffect.TAKE and part.node != holder:
        _release(part, holder, stock)
        if part.holder_day:
            free_day(part, holder, part.holder_day, stock)


def _release(part: FulfilmentOrder, holder: str, stock: Stock) -> None:
    claim = claim_id(part.order_id, part.number)
    for sku in sorted(part.by_sku):
        item = stock.items.get(sku, holder)
        movement = effects.free(claim, item) if item else None
        if movement:
            stock.movements.move(movement)
