"""Keys of the one list of cases: rows of the tables Orders and Stock.

| access pattern | how |
|---|---|
| cases of a status, oldest first | GSI by_case of each table: cq = status, at; merged |
| one case | its own key in its table |
"""

from __future__ import annotations

BY_CASE = "by_case"
PREFIX = "CASE#"
ORDER_PK, SKU_PK = "O#", "SKU#"
