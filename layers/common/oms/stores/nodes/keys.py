"""Keys of the nodes' states in the table Orders: its index of what is due.

| access pattern | how |
|---|---|
| whether a node takes orders | GetItem Orders (NODE#<node>, NODE#) |
| nodes that open again | GSI by_due in the shards of the orders |
"""

from __future__ import annotations

STANDING = "NODE#"


def node_pk(node: str) -> str:
    return f"NODE#{node}"
