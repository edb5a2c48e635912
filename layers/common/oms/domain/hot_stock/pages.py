"""Pages: how a hot SKU spreads over partitions, and its claims over items of one write unit.

    page 0, the node's item          page n, an item with a partition key of its own
    on hand, unassigned units   ──►  a lot of them: its claims, then its shipments
             ▲        LEASE (one conditional update, the page's number is the counter's next)
             └─────── RECALL (a transaction): what a page has left comes back

A worker leases a lot, claims from it until it is used up, and leases the next: one write of page 0
for each lot, which says nothing of who has it. A page is created by its first claim. Every page
keeps identity I2 by itself, so each movement of a claim is the same update as before, on the page
that holds the claim.

Two numbered rules:
1. Units are on page 0, on a page, or leased to a page that nobody made yet: its number is not above
   `last`, and who recalls it first makes it, empty.
2. Nobody makes a page but who leased it, in the same call, and who recalls it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..model.movement_kind import HeatMode, MovementKind
from ..model.stock_item import Movement, StockItem, apply
from ..model.stock_location import MAIN, StockLocation

LOT = 32  # claims of a page; the longest keys and 32 claims of one unit are within 1 KB
RECALLED_AT_ONCE = 20  # pages in one transaction; alone, where somebody claims on one of them

AUTO, ALWAYS, NEVER = HeatMode.AUTO, HeatMode.ALWAYS, HeatMode.NEVER


@dataclass(frozen=True, slots=True)
class Mine:
    """The page that a worker claims on, and what was left when it last saw it."""

    page: int
    left: int


@dataclass(frozen=True, slots=True)
class Take:
    """Claim on one page; `opens`: the units of a lot that this first claim makes a page of.

    `counts`: page 0 of a hot SKU counts its claims, for whoever says sold out.
    """

    move: Movement
    opens: int = 0
    now: int = 0
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Lease:
    """Take a lot from page 0 for the worker's next page; `safety` units stay there."""

    sku: str
    node: str
    worker: str
    lot: int
    safety: int
    now: int


@dataclass(frozen=True, slots=True)
class Look:
    """Read these pages."""

    sku: str
    node: str
    pages: tuple[int, ...]


Step = Take | Lease | Look


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """What a step found: the item after it, or, refused, as it is; `items` of a Look."""

    done: bool
    item: StockItem | None = None
    items: tuple[StockItem, ...] = ()


def lease_of(step: Lease) -> Movement:
    return Movement(
        f"{step.worker}:LEASE:{step.now}", MovementKind.LEASE, step.sku, step.node, step.lot,
        on_hand=-step.lot, need=step.lot + step.safety, cause=f"worker {step.worker}",
    )  # fmt: skip


def recall_of(pages: Sequence[StockItem]) -> tuple[list[Movement], Movement]:
    """What is left of pages goes back to page 0: (the pages' side, page 0's side)."""
    open_pages = [
        Movement(
            f"{page.location}:RECALL:{page.version}", MovementKind.RECALL, page.sku, page.node,
            page.available,
            on_hand=-page.available, expected_version=page.version, location=page.location,
        )
        for page in pages
    ]  # fmt: skip
    units, named = (
        sum(move.quantity for move in open_pages),
        [str(move.location) for move in open_pages],
    )
    here = replace(
        open_pages[0], quantity=units, on_hand=units, expected_version=None, location=MAIN
    )
    return open_pages, replace(here, cause=f"page {', '.join(named)}")


def opened(step: Take) -> StockItem:
    """The page as its first claim finds it: the whole lot, nothing claimed."""
    move = step.move
    return StockItem(
        move.sku, move.node, on_hand=step.opens, location=move.location, made_at=step.now
    )


# --- what the conditional writes do, in pure code -------------------------------------------


def take(item: StockItem | None, step: Take) -> StockItem | None:
    """The item after the claim; None when its condition does not hold."""
    move = step.move
    if step.opens:
        return apply(opened(step), move) if item is None else None
    if item is None or move.claim in item.claims:
        return None
    if move.need is not None and item.available < move.need:
        return None
    after = apply(item, move)
    if step.counts and after.pages:
        after = replace(after, pages=replace(after.pages, claimed=after.pages.claimed + 1))
    return after


def lease(item: StockItem | None, step: Lease) -> StockItem | None:
    """Page 0 after the lease; None when its condition does not hold."""
    if item is None or item.pages is None or not item.pages.hot:
        return None
    known = item.pages
    if item.available < step.lot + step.safety:
        return None
    pages = replace(known, last=known.last + 1, leased_at=step.now)
    return replace(apply(item, lease_of(step)), pages=pages)


def whole(pages: Mapping[int, StockItem]) -> StockItem:
    """All pages of a SKU at a node as one item, with the version of page 0."""
    first = pages[0]
    unavailable: dict[str, int] = {}
    claims: dict[str, str] = {}
    for item in pages.values():
        claims |= item.claims
        for kind, units in item.unavailable.items():
            unavailable[kind] = unavailable.get(kind, 0) + units
    return replace(
        first,
        on_hand=sum(item.on_hand for item in pages.values()),
        allocated=sum(item.allocated for item in pages.values()),
        staged=sum(item.staged for item in pages.values()),
        soft=sum(item.soft for item in pages.values()),
        unavailable=unavailable,
        claims=claims,
        flows=tuple(flow for item in pages.values() for flow in item.flows),
    )


def fresh(first: StockItem, page: int) -> StockItem:
    """A page that was leased and not made yet: its whole lot."""
    assert first.pages is not None
    return StockItem(first.sku, first.node, on_hand=first.pages.lot, location=StockLocation(page))
