"""What a changed row of the stock table is: its stream knows rows by their keys only."""

from __future__ import annotations

from ...domain.model.stock_item import StockItem
from ...domain.stock.count_session import CountSession
from ..counts import keys as count_keys
from ..counts.store import session_of
from ..dynamo.table import Item
from . import keys
from .rows import item_of


def noun_of(sk: str, row: Item | None) -> StockItem | CountSession | None:
    """None for a row that was deleted, and for every other noun. A further page of a hot SKU is no
    stock item of its own.
    """
    if row and sk.startswith(keys.NODE):
        return item_of(row)
    if row and sk == count_keys.SESSION:
        return session_of(row)
    return None
