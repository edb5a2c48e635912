"""Cartons are closed: their weights and sizes; by default everything in one."""

from __future__ import annotations

from ...domain.model.fulfilment import FulfilmentOrder, Package
from ...domain.preparing import steps
from ...ports import ConfigReader
from .command import PartCommand
from .deps import Preparing
from .move_part import led_by, move_part

LEAST_WEIGHT_G = 1


def pack_part(
    command: PartCommand, *, packages: tuple[Package, ...] = (), deps: Preparing
) -> FulfilmentOrder:
    def closed(part: FulfilmentOrder) -> tuple[Package, ...]:
        return packages or (Package(1, _weight_g(part, deps.config)),)

    def done(part: FulfilmentOrder) -> bool:
        return led_by("pack")(part) and part.packages == closed(part)

    return move_part(command, lambda part: steps.pack(part, closed(part)), done=done, deps=deps)


def _weight_g(part: FulfilmentOrder, config: ConfigReader) -> int:
    """By the products' weights."""
    products = config.products(sorted(part.by_sku))
    known = {sku: product.weight_g for sku, product in products.items()}
    total = sum(known.get(sku, 0) * count for sku, count in part.by_sku.items())
    return max(LEAST_WEIGHT_G, total)
