"""Reports are about nodes and products that are known."""

from __future__ import annotations

from ...domain.errors import ValidationFailed
from .deps import Stocking


def known_place(sku: str, node: str, deps: Stocking) -> None:
    """Raises NotFound for an unknown node, ValidationFailed for an unknown SKU."""
    deps.config.node(node)
    if sku not in deps.config.products([sku]):
        raise ValidationFailed(f"there is no product {sku}", fields={"/sku": "unknown"})
