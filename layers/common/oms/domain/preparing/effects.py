"""What a part's transition means for stock: which movements follow from which event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..consequences.consequence import StockEffect
from ..consequences.table import of_part
from ..ids import claim_id
from ..model.fulfilment import NO_VARIANCE, FulfilmentOrder
from ..model.stock_item import SOFT, STAGED, Movement, StockItem, entry_quantity
from ..model.stock_location import MAIN
from ..stock import movements as m

# how much moves is known without a look at the item
BLIND = frozenset(
    {StockEffect.SHIP, StockEffect.SEND, StockEffect.UNPREPARE, StockEffect.LATE_SHIP}
)
# what the event found missing was covered by the claim before it
FOUND_SHORT = frozenset({StockEffect.PREPARE, StockEffect.DROP_SHIP})


def movements_of(
    event: str, part: FulfilmentOrder, items: Mapping[str, StockItem]
) -> list[Movement]:
    """The movements that `event` asks for; those that happened already fall away.

    `items` are the part's SKUs at its node as they are now.
    """
    effect = of_part(event).stock
    if part.digital or effect is None:
        return []
    claim = claim_id(part.order_id, part.number)
    found = []
    for sku, quantity in _quantities(effect, part).items():
        leaves = effect is StockEffect.SEND
        node = part.sent_from if leaves else part.node
        at = part.locations.get(sku, MAIN) if leaves else part.location_of(sku)
        item = items.get(sku) or StockItem(sku, node, location=at)
        found += [
            replace(move, at=_at(part), location=at) if move.claim else move
            for move in _movements(effect, part, claim, item, quantity)
        ]
    return found


def _movements(
    effect: StockEffect, part: FulfilmentOrder, claim: str, item: StockItem, quantity: int
) -> list[Movement]:
    """A supplier's notice tells at once that goods were staged and left; after a crash between
    the two, the claim says which of them happened.
    """
    if effect is not StockEffect.DROP_SHIP:
        move = _movement(effect, part, claim, item, quantity)
        return [move] if move else []
    entry, kept = item.claims.get(claim, ""), part.by_sku.get(item.sku, 0)
    leave = [m.ship(claim, item.sku, item.node, kept)] if entry and kept else []
    if entry.startswith(STAGED):
        return leave
    stage = _movement(StockEffect.PREPARE, part, claim, item, quantity) if entry else None
    return [stage, *leave] if stage else []


def _at(part: FulfilmentOrder) -> int:
    """When the event happened: the goods may have been counted between it and its booking."""
    return part.timeline[-1].at if part.timeline else 0


def _quantities(effect: StockEffect, part: FulfilmentOrder) -> dict[str, int]:
    """Units per SKU that the claim covered before the event."""
    found = dict(part.by_sku)
    if effect is StockEffect.REDUCE:
        return dict.fromkeys(part.skus.values(), 0) | found
    if effect in FOUND_SHORT:
        for no, which in part.short.items():
            found[part.skus[no]] = found.get(part.skus[no], 0) + len(which)
    return found


def _movement(
    effect: StockEffect, part: FulfilmentOrder, claim: str, item: StockItem, quantity: int
) -> Movement | None:
    sku, node = item.sku, item.node
    if effect is StockEffect.PREPARE:
        kept = part.by_sku.get(sku, 0)
        if kept == quantity:
            return m.prepare(claim, sku, node, quantity)
        return m.short_pick(claim, item, kept, quantity - kept, _reason(part, sku))
    if effect is StockEffect.SHORT:
        return m.short_pick(claim, item, 0, quantity, _reason(part, sku))
    if effect is StockEffect.ARRIVE:
        return m.arrive(claim, sku, node, quantity)
    if effect in (StockEffect.SHIP, StockEffect.SEND):
        return m.ship(claim, sku, node, quantity)
    if effect is StockEffect.UNPREPARE:
        return m.unprepare(claim, sku, node, quantity, part.version)
    if effect is StockEffect.LATE_SHIP:
        return m.late_ship(claim, sku, node, quantity)
    return m.reduce(claim, item, quantity) if effect is StockEffect.REDUCE else free(claim, item)


def free(claim: str, item: StockItem) -> Movement | None:
    """Give up a claim whatever it is now; None when it is gone already."""
    entry = item.claims.get(claim, "")
    if not entry:
        return None
    quantity = entry_quantity(entry)
    give_up = {STAGED: m.restow, SOFT: m.soft_release}.get(entry[0], m.deallocate)
    return replace(give_up(claim, item.sku, item.node, quantity), location=item.location)


def _reason(part: FulfilmentOrder, sku: str) -> str:
    """The gravest reason given for a line of this SKU."""
    given = [why for no, why in part.reasons.items() if part.skus[no] == sku]
    return min(given, key=lambda why: why == NO_VARIANCE, default=NO_VARIANCE)
