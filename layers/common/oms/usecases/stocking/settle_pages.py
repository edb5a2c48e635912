"""Settle the pages of a hot SKU: see domain/hot_stock/settling.py for what that is.

Runs from the stream when a refused buyer asks for it, and after the check of a page's claims. Each
write has its condition, so two runs at once, or one that died half-way, do no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ...domain.hot_stock import settling
from ...domain.hot_stock.place import ItemKey, noted_hot
from ...domain.limits.stock import MAX_AUDIT_CLAIMS
from ...domain.model.stock_item import StockItem
from ...ports import Bindings, Stock


def settle_pages(sku: str, node: str, *, bindings: Bindings, stock: Stock, now: int) -> None:
    first = stock.item(sku, node)
    if first is None or first.pages is None:
        return
    if settling.cools(first.pages, now):
        stock.cool(sku, node)
        first = replace(first, pages=replace(first.pages, hot=False))
    if first.pages and not first.pages.settled:
        _settle(first, bindings=bindings, stock=stock, now=now)
    _sweep(first, stock=stock, now=now)


def _settle(first: StockItem, *, bindings: Bindings, stock: Stock, now: int) -> None:
    assert first.pages is not None
    numbers = settling.to_read(first.pages)
    rows = stock.pages(first.sku, first.node, numbers, consistent=True)
    unbound = bindings.unbound([*rows.values(), *_of_page_0(first)])
    found = settling.settle(first, rows, unbound, now)
    claimed_on = stock.recall(found.recalls)  # just now: the next run
    done = min((page - 1 for page in claimed_on), default=found.done)
    done = min(done, found.done)
    if done > first.pages.checked or found.bound > first.pages.bound:
        stock.tick_off(first, done, found.bound)
        numbers = range(first.pages.checked + 1, done + 1)
        ticked_off = stock.pages(first.sku, first.node, numbers, consistent=True)
        stock.recall(settling.left_behind(ticked_off.values()))
    if found.more:
        stock.ask_to_settle(first.sku, first.node)


def _of_page_0(first: StockItem) -> list[StockItem]:
    """Its claims are looked at where some were made while it was hot, and not too many in all."""
    assert first.pages is not None
    looked_at = first.pages.bound < first.pages.claimed and len(first.claims) <= MAX_AUDIT_CLAIMS
    return [first] if looked_at else []


def _sweep(first: StockItem, *, stock: Stock, now: int) -> None:
    """Drop what is spent, and remember up to which page all are gone."""
    assert first.pages is not None
    numbers = settling.to_sweep(first.pages)
    rows = stock.pages(first.sku, first.node, numbers)
    for page in rows.values():
        if settling.droppable(page, first, now):
            stock.drop_page(page)
    gone = settling.gone(first.pages, rows)
    if gone > first.pages.gone:
        stock.forget(first, gone)


def settle_noted(
    noted: Iterable[Mapping[str, str]], *, bindings: Bindings, stock: Stock, now: int
) -> None:
    """Once their claims were checked; `noted`: as for `check_noted`."""
    for sku, node in dict.fromkeys(
        (each["sku"], each["node"]) for each in noted if noted_hot(each)
    ):
        settle_pages(sku, node, bindings=bindings, stock=stock, now=now)


def page_changed(place: ItemKey, freed: bool, *, stock: Stock, now: int) -> None:
    """Units that came free on a page that nobody claims on go back to page 0, where buyers and
    waiting demand find them; a page that is spent is dropped.
    """
    first, page = stock.item(place.sku, place.node), stock.item(*place)
    if first is None or first.pages is None or page is None:
        return
    if freed and settling.stranded(page, first):
        stock.recall([page])
    elif settling.droppable(page, first, now):
        stock.drop_page(page)
