"""Stock is on its way."""

from __future__ import annotations

from ...domain.model.supply import Supply
from .deps import Stocking
from .known_place import known_place


def expect_supply(supply: Supply, deps: Stocking) -> None:
    """Written again under its id it is the same supply."""
    known_place(supply.sku, supply.node, deps)
    deps.stock.supply.put(supply)
