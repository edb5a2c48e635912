"""Where a claim goes: a conversation without a wire, which the store and the model both hold.

    known not to be hot                             → claim on page 0
    hot, and my page has enough                     → claim on my page
    page 0 has a lot                                → lease it, claim on its page
    page 0 has less than that                       → look, claim on a page that has enough
    nobody has enough                               → refused
    an order takes over what its cart holds         → on the page that the cart's entry lies on

To be refused by a condition costs a write unit, to look costs none. So who may be one of many
workers that ask for little looks first, and then they do not all ask for the same.

`claiming` yields one step at a time and is sent what the step found, so that the same code runs
against DynamoDB, in the discrete-event model and in the test that interleaves its steps.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from ..ids import number_of
from ..model.movement_kind import MovementKind
from ..model.stock_item import Movement, Pages, StockItem
from ..model.stock_location import MAIN, StockLocation
from ..stock import movements
from .pages import Lease, Look, Mine, PageAnswer, Step, Take

PAGED = frozenset({MovementKind.ALLOCATE, MovementKind.SOFT_HOLD})
COMMIT = MovementKind.COMMIT_SOFT
MAX_TRIES = 6  # leases and looks: a fresh page may be recalled, a seen unit taken by somebody else
MAX_LOOKED_AT = 100  # pages in one read
SURE_MS = 200  # so long what was seen of page 0 is as good as a look
LEASING = 2
PLENTY = 256  # lots; where there are so many a lease is not refused


@dataclass(frozen=True, slots=True)
class ClaimOutcome:
    """`move` names the page. Not made and not refused: the claim was there already.

    `mine`: where this worker goes on. `first`: page 0 as it was last seen, where it was.
    """

    move: Movement
    made: bool = False
    refused: bool = False
    mine: Mine | None = None
    first: StockItem | None = None


Steps = Generator[Step, PageAnswer, ClaimOutcome]
Turn = Generator[Step, PageAnswer, "tuple[ClaimOutcome | None, _Search]"]


@dataclass(frozen=True, slots=True)
class Belief:
    """What page 0 had when it was seen last, and how long ago that is."""

    free: int
    age_ms: int = 0

    def is_sure(self, lot: int) -> bool:
        return self.age_ms <= SURE_MS or self.free >= PLENTY * lot


def claiming(
    move: Movement,
    known: Pages | None,
    mine: Mine | None,
    belief: Belief | None = None,
    *,
    worker: str,
    now: int,
) -> Steps:
    """`known`: what page 0 said lately of its pages, which may have changed since; `belief`: None
    when nobody looked for a while.
    """
    if move.kind == COMMIT:
        found = yield from _take(Take(_on(move, move.location)), mine)
        if not (found.refused and known and move.need):
            return found
        move = _without_cart(move)
    if known is None or not known.hot or move.kind not in PAGED:
        return (yield from _take(Take(move), mine))
    if mine and mine.left >= move.quantity:
        found = yield from _take(Take(_on(move, mine.page)), None)
        if not found.refused:
            return found
    return (yield from _Search(move, known, belief, worker, now).steps())


@dataclass(frozen=True, slots=True)
class _Search:
    """For units beyond the worker's own page; what it sees on the way is what it goes by."""

    move: Movement
    known: Pages
    belief: Belief | None
    worker: str
    now: int
    first: StockItem | None = None

    def steps(self) -> Steps:
        search = self
        for turn in range(MAX_TRIES):
            if search.hopeless:
                break
            leases = search.may_lease(turn)
            found, search = yield from (search.lease() if leases else search.look(turn))
            if found:
                return replace(found, first=search.first)
        return ClaimOutcome(self.move, refused=True, first=search.first)

    @property
    def safety(self) -> int:
        """Units that stay on page 0."""
        return (self.move.need or self.move.quantity) - self.move.quantity

    @property
    def hopeless(self) -> bool:
        seen = self.belief
        return bool(seen and seen.free < self.move.quantity and not self.known.open)

    @property
    def lots(self) -> int:
        """How many lots of page 0 could be leased for the claim."""
        lot, seen = self.known.lot, self.belief
        if not self.known.hot or self.move.quantity > lot or seen is None or not seen.is_sure(lot):
            return 0
        return max(0, seen.free - self.safety) // lot

    def may_lease(self, turn: int) -> bool:
        """In a rush for the last lots some do not try."""
        rivals = self.known.rivals(self.now)
        return number_of(self.move.claim, str(turn)) % rivals < LEASING * self.lots

    def after(self, first: StockItem | None) -> _Search:
        """Having seen page 0."""
        pages = (first.pages if first else None) or replace(self.known, hot=False)
        free = Belief(first.available if first else 0)
        return replace(self, first=first, belief=free, known=pages)

    def lease(self) -> Turn:
        """Nothing: it was refused, or somebody recalled the lot before its first claim."""
        move, lot = self.move, self.known.lot
        seen = yield Lease(move.sku, move.node, self.worker, lot, self.safety, self.now)
        search = self.after(seen.item)
        if not seen.done:
            return None, search
        pages = search.known
        found = yield from _take(Take(_on(move, pages.last), pages.lot, self.now), None)
        return (None if found.refused else found), search

    def look(self, turn: int) -> Turn:
        """Nothing: look again, or lease; refused: nobody has enough."""
        move = self.move
        seen = yield Look(move.sku, move.node, (0, *_some(self.known.open, self.worker)))
        items: dict[int, StockItem] = {item.location: item for item in seen.items}
        search = self.after(items.get(0))
        for item in items.values():
            if item.claims.get(move.claim) == move.after:
                return ClaimOutcome(_on(move, item.location)), search
        if search.may_lease(turn + 1):
            return None, search
        if search.lots:
            items.pop(0)  # for those who may lease
        page = _pick(move, items.values(), turn, search.known.rivals(self.now))
        if page is None:
            return ClaimOutcome(move, refused=True), search
        found = yield from _take(Take(_on(move, page), counts=page == 0), None)
        then = replace(search, belief=None)  # whatever comes next looks again
        return (None if found.refused else replace(found, mine=None)), then


def _some(opened: range, worker: str) -> tuple[int, ...]:
    """Of many pages each worker looks at others."""
    start = int.from_bytes(worker.encode()) % len(opened) if opened else 0
    return (*opened[start:], *opened[:start])[: MAX_LOOKED_AT - 1]


def _pick(move: Movement, items: Iterable[StockItem], turn: int, rivals: int) -> int | None:
    """A page that has enough, by chance, so that not all go to the same: one with twice as much is
    twice as likely. In a rush nobody takes the last of another's page, and where there are more
    rivals than units some do not try.
    """
    kept = int(rivals > 1)
    weights = {
        item.location: item.available // move.quantity - (kept if item.location else 0)
        for item in items
        if item.available >= ((move.need or 0) if item.location == 0 else move.quantity)
    }
    if number_of(move.claim, str(turn + MAX_TRIES)) % rivals >= sum(weights.values()):
        return None
    bounds = list(accumulate(weights.values()))
    return list(weights)[bisect(bounds, number_of(move.claim, str(turn)) % bounds[-1])]


def _without_cart(move: Movement) -> Movement:
    """The units that the cart lacks are not on its page: all of them are claimed anew, and what
    the cart holds comes free when the order ends it.
    """
    safety = (move.need or 0) - (move.quantity + move.soft)
    claim, place = move.claim, (move.sku, move.node)
    retry = movements.allocate(claim, *place, move.quantity, safety=safety)
    return replace(retry, actor=move.actor)


def _take(step: Take, mine: Mine | None) -> Steps:
    """`mine`: the page to keep when this one is page 0, or refuses."""
    seen = yield step
    move, item = step.move, seen.item
    here = Mine(move.location, item.available) if item is not None and move.location else mine
    if seen.done:
        return ClaimOutcome(move, made=True, mine=here)
    if item is not None and item.claims.get(move.claim) == move.after:
        return ClaimOutcome(move, mine=here)
    return ClaimOutcome(move, refused=True, mine=mine)


def _on(move: Movement, page: int) -> Movement:
    """Safety stock stays on page 0: a page needs no more than what is claimed beyond the cart."""
    if page == MAIN:
        return replace(move, location=MAIN)
    fresh = move.quantity + (move.soft if move.kind == COMMIT else 0)
    return replace(move, location=StockLocation(page), need=fresh or None)
