"""Where a claim goes: a conversation without a wire, which the store and the model both hold.

    known not to be hot, or anything about a cart   → claim on page 0
    hot, and my page has enough                     → claim on my page
    page 0 has a lot                                → lease it, claim on its page
    page 0 has less than that, but enough           → claim on page 0
    page 0 has too little                           → claim on a page that has enough
    nobody has enough                               → refused

What page 0 was seen to have a moment ago is believed: once it has too little, nobody writes there.
`claiming` yields one step at a time and is sent what the step found, so that the same code runs
against DynamoDB, in the discrete-event model and in the test that interleaves its steps.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

from .item import Movement, Pages, StockItem
from .pages import Lease, Look, Mine, Seen, Step, Take

PAGED = "ALLOCATE"  # a cart's entry has to lie where the order that takes it over finds it
MAX_LEASES = 3  # a fresh page may be recalled before its first claim
MAX_LOOKED_AT = 100  # pages in one read
MAX_OTHERS = 3  # pages of other workers that are tried


@dataclass(frozen=True, slots=True)
class Outcome:
    """`move` names the page. Not made and not refused: the claim was there already.

    `mine`: where this worker goes on. `first`: page 0 as it was last seen, where it was.
    """

    move: Movement
    made: bool = False
    refused: bool = False
    mine: Mine | None = None
    first: StockItem | None = None


Steps = Generator[Step, Seen, Outcome]


def claiming(
    move: Movement,
    known: Pages | None,
    mine: Mine | None,
    free: int | None = None,
    *,
    worker: str,
    now: int,
) -> Steps:
    """`known`: what page 0 said lately of its pages, which may have changed since; `free`: the
    units that it had within the last second, None when nobody looked.
    """
    if known is None or not known.hot or move.kind != PAGED:
        return (yield from _take(Take(move), mine))
    if mine and mine.left >= move.quantity:
        found = yield from _take(Take(_on(move, mine.page)), None)
        if not found.refused:
            return found
    return (yield from _beyond_mine(move, known, free, worker, now))


def _beyond_mine(move: Movement, known: Pages, free: int | None, worker: str, now: int) -> Steps:
    safety = (move.need or move.quantity) - move.quantity
    first: StockItem | None = None
    for _ in range(MAX_LEASES if move.quantity <= known.lot else 0):
        if free is not None and free < known.lot + safety:
            break
        seen = yield Lease(move.sku, move.node, worker, known.lot, safety, now)
        first, free = seen.item, seen.item.available if seen.item else 0
        if not seen.done or first is None or first.pages is None:
            break
        page = first.pages.last
        found = yield from _take(Take(_on(move, page), first.pages.lot, now), None)
        if not found.refused:
            return replace(found, first=first)
    if free is None or free >= (move.need or 0) or (first and move.claim in first.claims):
        found = yield from _take(Take(move), None)
        if not found.refused:
            return replace(found, first=first)
    pages = (first.pages if first else None) or known
    return replace((yield from _others(move, pages, worker)), first=first)


def _others(move: Movement, pages: Pages, worker: str) -> Steps:
    """Each worker begins at another one, so that they do not all queue for the same."""
    opened = pages.open
    if not opened:
        return Outcome(move, refused=True)
    start = int.from_bytes(worker.encode()) % len(opened)
    numbers = (*opened[start:], *opened[:start])[:MAX_LOOKED_AT]
    seen = yield Look(move.sku, move.node, numbers)
    fitting = [item for item in seen.items if item.available >= move.quantity]
    fitting.sort(key=lambda item: numbers.index(item.page))
    for item in fitting[:MAX_OTHERS]:
        found = yield from _take(Take(_on(move, item.page)), None)
        if not found.refused:
            return found
    return Outcome(move, refused=True)


def _take(step: Take, mine: Mine | None) -> Steps:
    """`mine`: the page to keep when this one is page 0, or refuses."""
    seen = yield step
    move, item = step.move, seen.item
    here = Mine(move.page, item.available) if item is not None and move.page else mine
    if seen.done:
        return Outcome(move, made=True, mine=here)
    if item is not None and item.claims.get(move.claim) == move.after:
        return Outcome(move, mine=here)
    return Outcome(move, refused=True, mine=mine)


def _on(move: Movement, page: int) -> Movement:
    """Safety stock stays on page 0: a page needs no more than what is claimed."""
    return replace(move, page=page, need=move.quantity if page else move.need)
