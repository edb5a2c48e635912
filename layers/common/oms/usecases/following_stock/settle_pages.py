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
from ...ports import StockPages
from .deps import FollowingStock


def settle_pages(sku: str, node: str, deps: FollowingStock) -> None:
    first = deps.stock.items.get(sku, node)
    if first is None or first.pages is None:
        return
    if settling.cools(first.pages, deps.now):
        deps.stock.heat.cool(sku, node)
        first = replace(first, pages=replace(first.pages, hot=False))
    if first.pages and not first.pages.settled:
        _settle(first, deps)
    _sweep(first, deps)


def _settle(first: StockItem, deps: FollowingStock) -> None:
    assert first.pages is not None
    stock = deps.stock
    numbers = settling.to_read(first.pages)
    rows = stock.pages.read(first.sku, first.node, numbers, consistent=True)
    unbound = deps.bindings.unbound([*rows.values(), *_of_page_0(first)])
    found = settling.settle(first, rows, unbound, deps.now)
    claimed_on = stock.pages.recall(found.recalls)  # just now: the next run
    done = min((page - 1 for page in claimed_on), default=found.done)
    done = min(done, found.done)
    if done > first.pages.checked or found.bound > first.pages.bound:
        stock.pages.tick_off(first, done, found.bound)
        numbers = range(first.pages.checked + 1, done + 1)
        ticked_off = stock.pages.read(first.sku, first.node, numbers, consistent=True)
        stock.pages.recall(settling.left_behind(ticked_off.values()))
    if found.more:
        stock.heat.ask_to_settle(first.sku, first.node)


def _of_page_0(first: StockItem) -> list[StockItem]:
    """Its claims are looked at where some were made while it was hot, and not too many in all."""
    assert first.pages is not None
    looked_at = first.pages.bound < first.pages.claimed and len(first.claims) <= MAX_AUDIT_CLAIMS
    return [first] if looked_at else []


def _sweep(first: StockItem, deps: FollowingStock) -> None:
    """Drop what is spent, and remember up to which page all are gone."""
    assert first.pages is not None
    stock, numbers = deps.stock, settling.to_sweep(first.pages)
    rows = stock.pages.read(first.sku, first.node, numbers)
    for page in rows.values():
        if settling.droppable(page, first, deps.now):
            stock.pages.drop_page(page)
    gone = settling.gone(first.pages, rows)
    if gone > first.pages.gone:
        stock.pages.forget(first, gone)


def settle_claimed_pages(noted: Iterable[Mapping[str, str]], deps: FollowingStock) -> None:
    """Once their claims were checked; `noted`: as for `release_orphan`."""
    for sku, node in dict.fromkeys(
        (each["sku"], each["node"]) for each in noted if noted_hot(each)
    ):
        settle_pages(sku, node, deps)


def follow_page(place: ItemKey, freed: bool, deps: FollowingStock) -> None:
    """Units that came free on a page that nobody claims on go back to page 0, where buyers and
    waiting demand find them; a page that is spent is dropped.
    """
    stock = deps.stock
    first, page = stock.items.get(place.sku, place.node), stock.items.get(*place)
    if first is None or first.pages is None or page is None:
        return
    if freed and settling.stranded(page, first):
        stock.pages.recall([page])
    elif settling.droppable(page, first, deps.now):
        stock.pages.drop_page(page)


def recall_open(first: StockItem, pages: StockPages) -> None:
    """What nobody claimed yet comes back from the open pages of a hot SKU, if it is one."""
    if first.pages is not None:
        found = pages.read(first.sku, first.node, first.pages.open, consistent=True).values()
        pages.recall([page for page in found if page.available > 0])
