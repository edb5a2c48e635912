"""Settling: what lies on pages comes back to page 0, and pages that are done with are ticked off.

A page is done with when it has nothing left and an order names each of its claims. Sold out is
definitive once every page is done with. Who claims on a page that was emptied is refused there and
goes elsewhere, so nobody has to say on which page it claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..model.stock_item import Pages, StockItem
from .pages import ALWAYS, fresh

IDLE_AFTER_S = 60  # without a lease: open pages are recalled, and what observation heated cools
DROP_AFTER_S = 120  # beyond the timeout of every function that claims
MAX_SETTLED = 200  # pages in one run; the next run goes on


ASKED_S, ASKED_MOST_S = 2, 8  # within which one question has a SKU settled
ASKED_SHARE = 4  # of the time since the last lease


@dataclass(frozen=True, slots=True)
class Settlement:
    """`recalls`: pages with units to bring back; `done`: the new watermark if the recalls succeed;
    `bound`: so many claims of page 0 have their order; `more`: pages are left for another run.
    """

    recalls: tuple[StockItem, ...] = ()
    done: int = 0
    bound: int = 0
    more: bool = False


def due(first: StockItem, now: int) -> bool:
    """Whether pages are to be emptied: page 0 cannot give a lot, or nobody asks for one."""
    pages = first.pages
    assert pages is not None
    return not pages.hot or first.available < pages.lot or idle(pages, now)


def idle(pages: Pages, now: int) -> bool:
    return now - pages.leased_at >= IDLE_AFTER_S


def may_ask(pages: Pages, now: int) -> bool:
    """Whether a refused buyer is to ask for settling: not while somebody just did. What takes long
    waits for claims of somebody who died, and is asked for more rarely.
    """
    took = (pages.asked_at - pages.leased_at) // ASKED_SHARE
    return now - pages.asked_at >= min(ASKED_MOST_S, max(ASKED_S, took))


def cools(pages: Pages, now: int) -> bool:
    """Whether what was heated by observation is to be an ordinary SKU again."""
    return pages.hot and pages.mode != ALWAYS and idle(pages, now)


def to_read(pages: Pages) -> range:
    """The pages that this run looks at."""
    return range(pages.checked + 1, min(pages.last, pages.checked + MAX_SETTLED) + 1)


def settle(
    first: StockItem, rows: Mapping[int, StockItem], unbound: frozenset[str], now: int
) -> Settlement:
    """`rows`: the pages of `to_read` that exist; `unbound`: claims on any page without an order."""
    pages = first.pages
    assert pages is not None
    empties, recalls, done = due(first, now), [], pages.checked
    for number in to_read(pages):
        item = rows.get(number) or fresh(first, number)
        if item.available > 0 and not empties:
            continue
        if item.available > 0:
            recalls.append(item)
        if done == number - 1 and unbound.isdisjoint(item.claims):
            done = number
    bound = pages.claimed if unbound.isdisjoint(first.claims) else pages.bound
    more = bool(recalls or done > pages.checked) and done < pages.last
    return Settlement(tuple(recalls), done, bound, more)


def left_behind(pages: Iterable[StockItem]) -> list[StockItem]:
    """Of pages that were ticked off: those where a claim came free just before, unnoticed."""
    return [page for page in pages if page.available > 0]


def stranded(page: StockItem, first: StockItem) -> bool:
    """Whether nobody will claim what came free on a page."""
    assert first.pages is not None
    return page.available > 0 and page.location not in first.pages.open


def to_sweep(pages: Pages) -> range:
    return range(pages.gone + 1, min(pages.checked, pages.gone + MAX_SETTLED) + 1)


def gone(pages: Pages, rows: Mapping[int, StockItem]) -> int:
    """Up to which page nothing is stored any more."""
    return next((n - 1 for n in to_sweep(pages) if n in rows), to_sweep(pages).stop - 1)


def droppable(page: StockItem, first: StockItem, now: int) -> bool:
    """Only what is ticked off: a missing page above counts as a lot that was never touched. And
    only what is old: whoever leased it might else make it again, with its first claim.
    """
    ticked_off = first.pages is not None and page.location <= first.pages.checked
    return spent(page) and ticked_off and now - page.made_at >= DROP_AFTER_S


def spent(item: StockItem) -> bool:
    """A page that only its key is left of."""
    counts = (item.on_hand, item.allocated, item.staged, item.soft, *item.unavailable.values())
    return item.location > 0 and not item.claims and not any(counts)
