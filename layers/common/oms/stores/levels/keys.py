"""Keys of a SKU's levels, in the table Stock.

| access pattern | how |
|---|---|
| the levels of a SKU that were told, and its campaigns | Query Stock pk = LEVEL#<sku> |
"""

from __future__ import annotations

LEVEL, CAMPAIGN = "LEVEL#", "CAMPAIGN"


def level_key(of: str) -> str:
    """pk of a SKU, apart from its partition: whoever promises stock reads that one; sk of a site"""
    return f"{LEVEL}{of}"
