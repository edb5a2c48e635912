"""A SKU at a node becomes hot, or ordinary again: told by a person, or seen in the stock stream.

Nothing stops meanwhile: a claim on the main item is right at any time, one elsewhere as long as
there are units, and who believes the old setting for a moment finds out by a condition.
"""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.hot_stock.heat import hot_places
from ...domain.hot_stock.pages import ALWAYS
from ...domain.hot_stock.place import noted_hot
from ...domain.model.stock_item import StockItem
from ...ports import ConfigReader, Row, Stock
from .receive_stock import known


def observe_heat(claims: Iterable[Row], *, stock: Stock) -> list[tuple[str, str]]:
    """Heat what takes too many claims on its one item; `claims`: as noted, with `at`."""
    ordinary = [each for each in claims if not noted_hot(each)]
    found = hot_places(((each["sku"], each["node"]), each["at"]) for each in ordinary)
    return [place for place in found if stock.heat(*place)]


def set_heat(sku: str, node: str, mode: str, *, stock: Stock, config: ConfigReader) -> StockItem:
    """ALWAYS: hot from now on. NEVER: one item, whatever the rate. AUTO: as observed. Raises
    NotFound for an unknown node, ValidationFailed for an unknown SKU.
    """
    known(sku, node, config)
    if mode == ALWAYS:
        stock.heat(sku, node, mode)
    else:
        stock.cool(sku, node, mode)
    return stock.whole(sku, node) or StockItem(sku, node)
