"""Publish for sourcing what the ledgers that moved say of sales and of the age of stock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...domain.auditing.checks import place_of_site
from ...domain.model.signals import Pace
from ...domain.stock.sales_pace import pace_of
from ..retrying import retrying
from .deps import Auditing


def publish_sales_pace(places: Iterable[tuple[str, str]], deps: Auditing) -> None:
    """Of these (SKU, site)s. A hot SKU's further locations have ledgers of their own: what was
    sold from them is not counted.
    """
    moved: dict[str, set[str]] = {}
    for sku, site in places:
        moved.setdefault(sku, set()).add(place_of_site(site)[0])
    for sku, nodes in sorted(moved.items()):
        paces = {node: pace_of(deps.books.ledger(sku, node), deps.now) for node in sorted(nodes)}
        _publish(sku, paces, deps)


def _publish(sku: str, paces: Mapping[str, Pace], deps: Auditing) -> None:
    retrying(lambda: deps.signals.publish(sku, paces))
