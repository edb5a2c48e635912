"""Where a claim lies in a SKU's stock at a node.

Others keep a location and hand it back. Only the code of hot stock (`domain/hot_stock`,
`stores/stock`) knows what it means: the number of a page, where MAIN is the node's own item.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NewType

StockLocation = NewType("StockLocation", int)
MAIN = StockLocation(0)  # the only one unless the SKU is hot

Locations = Mapping[str, StockLocation]  # by SKU; absent: MAIN
NO_LOCATIONS: Locations = MappingProxyType({})
