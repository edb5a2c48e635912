"""What a change of a SKU's rows asks for: serving who waits, noting fresh claims."""

from __future__ import annotations

from collections.abc import Iterator

from ...ports import ConfigReader, Orders, Row, Stock
from .allot_stock import allot_everywhere, allot_stock

NOTED = {"SKU": "sku", "DAY": "day"}  # what the row's partition is, in a note
BACKORDER, SHARE = "BACKORDER", "o_"  # the row of what is sold beyond stock, and its orders


def stock_changed(
    pk: str,
    sk: str,
    old: Row | None,
    new: Row | None,
    *,
    orders: Orders,
    stock: Stock,
    config: ConfigReader,
    now: int,
) -> list[str]:
    """Order ids that were given units, after a node's stock or the waiting demand changed."""
    sku = pk.removeprefix("SKU#")
    kind, _, node = sk.partition("#")
    if kind == "NODE" and more(old, new):
        return allot_stock(sku, node, orders=orders, stock=stock, config=config, now=now)
    if kind == "WAIT" and new:
        return allot_everywhere(sku, orders=orders, stock=stock, config=config, now=now)
    return []


def more(old: Row | None, new: Row | None) -> bool:
    """More is available than before, and not merely less short."""
    before, after = ((row or {}).get("av", 0) for row in (old, new))
    return bool(after > max(before, 0))


def new_claims(pk: str, sk: str, old: Row | None, new: Row | None) -> Iterator[dict[str, str]]:
    """What `check_claim` or, of a node's day, `check_slot` is to look at later."""
    held = (old or {}).get("c", {})
    kind, _, of = pk.partition("#")
    if sk == BACKORDER:
        yield from _new_shares(of, old, new)
    for claim in (new or {}).get("c", {}):
        if claim not in held:
            yield {"claim": claim, NOTED[kind]: of, "node": sk.partition("#")[2]}


def _new_shares(sku: str, old: Row | None, new: Row | None) -> Iterator[dict[str, str]]:
    for name in new or {}:
        if name.startswith(SHARE) and name not in (old or {}):
            yield {"claim": name.removeprefix(SHARE), "sku": sku, "node": BACKORDER}
