"""Keys of cycle counts, in the table Stock.

| access pattern | how |
|---|---|
| a count session | GetItem Stock (COUNT#<id>, SESSION) |
| the open count sessions of a node | Query Stock pk = COUNTS#<node> |
"""

from __future__ import annotations

SESSION = "SESSION"


def session_pk(id: str) -> str:
    return f"COUNT#{id}"


def sessions_pk(node: str) -> str:
    return f"COUNTS#{node}"
