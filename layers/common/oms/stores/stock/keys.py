"""Keys of a SKU's partition in the table Stock, and of what belongs to its stock.

| access pattern | how |
|---|---|
| a SKU's whole network: stock, supply, waiting demand, sales | Query Stock pk = SKU#<sku> |
| what its ledgers tell of a SKU's sales and age | GetItem Stock (SKU#<sku>, SIGNALS) |
| the same in short, for quotes | GSI shown: pk = SKU#<sku> |
| stock of many (SKU, node) pairs | BatchGetItem Stock (SKU#<sku>, NODE#<node>) |
| further pages of a hot SKU at a node, numbered | BatchGetItem pk = PAGE#<n>#<node>#<sku>, PAGE |
| whether a movement without a claim happened | condition on Stock (MOVE#<id>, MOVE) |
| units of a SKU sold beyond stock, and by which order | condition on Stock (SKU#<sku>, BACKORDER) |
| waiting demand of a SKU in priority order | Query Stock pk, begins_with(sk, WAIT#) |
| cases about a SKU | Query Stock pk, begins_with(sk, CASE#) |
| open cases about stock, the oldest first | GSI by_case: cq = OPEN, at |
"""

from __future__ import annotations

MOVE, PAGE = "MOVE", "PAGE"
NODE = "NODE#"  # a SKU's stock at one node
BACKORDER = "BACKORDER"
WAITING = "WAIT#"  # of a SKU: demand that waits for it
NO_DAY = "9999-12-31"  # sorts after every day that was promised
BY_CASE = "by_case"
SHOWN, IN_SHOWN = "shown", "sx"  # the index that quotes read; only rows with `sx` are in it
SHOWN_OF_ROWS = ("sh", "fa", "hot", "q", "node", "id", "eta", "conf", "days")  # beside the keys
CASE, OPEN_CASES = "CASE#", "OPEN"
SIGNALS = "SIGNALS"  # of a SKU: what its ledgers tell


def sku_pk(sku: str) -> str:
    return f"SKU#{sku}"


def stock_sk(node: str) -> str:
    return f"{NODE}{node}"


def page_pk(sku: str, node: str, page: int) -> str:
    """Each page is a partition of its own: one partition's limit is none for the SKU."""
    return f"PAGE#{page}#{node}#{sku}"


def stock_key(sku: str, node: str, page: int) -> tuple[str, str]:
    """(pk, sk) of a SKU's item at a node, or of a further page of it."""
    return (page_pk(sku, node, page), PAGE) if page else (sku_pk(sku), stock_sk(node))


def move_pk(movement_id: str) -> str:
    """Apart from the SKU's partition, so that old markers do not weigh on every read of it."""
    return f"MOVE#{movement_id}"


def stock_case_sk(kind: str, node: str) -> str:
    return f"{CASE}{kind}#{node}"


def waiting_sk(priority: int, pickup: bool, promise: str, placed_at: int, order_id: str) -> str:
    """Sorts by priority, pickups before shipments, then promise date, then order date: whoever
    comes to a store cannot be served from another one.
    """
    rank = f"{priority:05d}-{0 if pickup else 1}"
    return f"WAIT#{rank}#{promise or NO_DAY}#{placed_at:011d}#{order_id}"


def promised_of(sk: str) -> str:
    """The ISO date of a waiting demand, "" when none was promised."""
    day = sk.split("#")[2]
    return "" if day == NO_DAY else day
