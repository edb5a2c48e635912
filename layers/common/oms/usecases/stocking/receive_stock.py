"""Receipts, corrections and expected supply of one node."""

from __future__ import annotations

from ...domain.errors import ValidationFailed
from ...domain.model.stock_item import StockItem
from ...domain.model.supply import Supply
from ...domain.stock import counting, movements
from ...ports import ConfigReader, Stock
from ..retrying import retrying

Booked = dict[str, object]


def receive_stock(
    id: str,
    sku: str,
    node: str,
    quantity: int,
    *,
    cause: str,
    actor: str,
    stock: Stock,
    config: ConfigReader,
    now: int,
) -> Booked:
    """Goods arrived. `id` makes it happen once; raises NotFound for an unknown node or SKU."""
    known(sku, node, config)
    move = movements.receive(_once(node, id), sku, node, quantity, cause=cause, actor=actor)
    new = stock.book(move, now=now)
    if cause:  # the receipt of an expected supply: it is not on its way any more
        stock.drop_supply(sku, cause)
    return _booked(new, sku, node, stock)


def adjust_stock(
    id: str,
    sku: str,
    node: str,
    delta: int,
    *,
    reason: str,
    actor: str,
    stock: Stock,
    config: ConfigReader,
    now: int,
    as_of: int = 0,
) -> Booked:
    """A correction with its reason; refused when it would take what is promised already.

    `as_of`: when it happened, 0 = now. `stale`: a later count saw it, nothing was booked.
    """
    known(sku, node, config)
    if delta == 0:
        raise ValidationFailed("nothing to adjust", fields={"/delta": "must not be 0"})
    counting.check_time(as_of or now, now)
    if as_of and counting.includes(stock.item(sku, node), as_of, delta):
        return {**_booked(False, sku, node, stock), "stale": True}
    once = _once(node, id)
    move = movements.adjust(once, sku, node, delta, cause=reason, actor=actor, at=as_of)
    return _booked(stock.book(move, now=now), sku, node, stock)


def count_stock(
    id: str,
    sku: str,
    node: str,
    counted: int,
    *,
    actor: str,
    stock: Stock,
    config: ConfigReader,
    now: int,
    as_of: int = 0,
    fed: bool = False,
) -> Booked:
    """All units found at the node as of then (0 = now), whatever their state, replace what was
    believed; what moved since stays moved. `stale`: a later count holds, nothing was booked.
    """
    known(sku, node, config)
    counting.check_time(as_of or now, now)
    once = _once(node, id)

    def attempt() -> Booked:
        first = stock.item(sku, node) or StockItem(sku, node)
        if as_of and counting.judged(first, once, as_of) == counting.STALE:
            return {**_booked(False, sku, node, stock), "stale": True}
        item = stock.fenced(sku, node, as_of or now) or first
        move = counting.count(once, item, counted, as_of=as_of, now=now, actor=actor, fed=fed)
        return _booked(stock.book(move, now=now), sku, node, stock)

    return retrying(attempt)


def expect_supply(supply: Supply, *, stock: Stock, config: ConfigReader) -> None:
    """Stock on its way; written again under its id it is the same supply."""
    known(supply.sku, supply.node, config)
    stock.put_supply(supply)


def _once(node: str, id: str) -> str:
    return f"{node}:{id}"


def known(sku: str, node: str, config: ConfigReader) -> None:
    config.node(node)
    if sku not in config.products([sku]):
        raise ValidationFailed(f"there is no product {sku}", fields={"/sku": "unknown"})


def _booked(new: bool, sku: str, node: str, stock: Stock) -> Booked:
    whole = stock.whole(sku, node) or StockItem(sku, node)
    return {"booked": new, "stale": False, **view(whole)}


def view(item: StockItem) -> Booked:
    """One item as people see it: no claims."""
    return {
        "sku": item.sku,
        "node": item.node,
        "on_hand": item.on_hand,
        "allocated": item.allocated,
        "staged": item.staged,
        "soft": item.soft,
        "unavailable": dict(item.unavailable),
        "available": item.available,
        "version": item.version,
        "hot": item.hot,
    }
