"""A person says how a SKU at a node takes the rush of a sale.

Nothing stops meanwhile: a claim on the main item is right at any time, one elsewhere as long as
there are units, and who believes the old setting for a moment finds out by a condition.
"""

from __future__ import annotations

from ...domain.model.movement_kind import HeatMode
from ...domain.model.stock_item import StockItem
from .deps import Stocking
from .known_place import known_place


def set_heat(sku: str, node: str, mode: HeatMode, deps: Stocking) -> StockItem:
    """ALWAYS: hot from now on. NEVER: one item, whatever the rate. AUTO: as observed. Raises
    NotFound for an unknown node, ValidationFailed for an unknown SKU.
    """
    known_place(sku, node, deps)
    if mode == HeatMode.ALWAYS:
        deps.stock.heat.heat(sku, node, mode)
    else:
        deps.stock.heat.cool(sku, node, mode)
    return deps.stock.items.whole(sku, node) or StockItem(sku, node)
