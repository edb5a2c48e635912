"""How many bytes a stock item of the flash sale is: what its writes are paid by."""

from __future__ import annotations

from benchmarks.units import WRITE_UNIT_BYTES, item_bytes
from oms.domain.hot_stock import pages as p
from oms.domain.model.stock_item import StockItem
from oms.domain.stock import movements
from oms.stores.dynamo.table import to_wire
from oms.stores.stock.update import BUCKETS, new_item

_SIZES: dict[tuple[bool, int], int] = {}


def size(item: StockItem | None) -> int:
    """Bytes of the row; the claims of one page are alike, so it follows from their number."""
    if item is None:
        return 0
    key = (item.location > 0, len(item.claims))
    if key not in _SIZES:
        row = new_item(item, movements.allocate("0" * 16 + ".1", item.sku, item.node, 1), p.LOT)
        if item.pages:
            row |= {
                "pg": 9999,
                "ck": 9999,
                "pc": 9999,
                "cc": 9999,
                "lt": 10**9,
                "ask": 10**9,
                "gone": 9999,
                "hot": 1,
            }
        _SIZES[key] = item_bytes(to_wire(row))
        assert item.location == 0 or _SIZES[key] <= WRITE_UNIT_BYTES, "a page is one write unit"
    assert set(BUCKETS) == {"oh", "al", "sg", "so", "av"}
    return _SIZES[key]
