"""Stock of one SKU at one node: buckets, claims, and movements as data (domain 3.4).

Identity I2: available = on_hand − allocated − staged − soft − Σ unavailable.
A claim is an entry in the item: "A3" holds 3 allocated units, "S3" 3 staged ones, "H3" 3 held
softly for a cart. Every movement of a claim says what the entry was before and is after, so it
happens once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from .flows import Flow
from .movement_kind import BETWEEN_PAGES, HeatMode, MovementKind
from .stock_location import MAIN, StockLocation

_NO_UNAVAILABLE: Mapping[str, int] = MappingProxyType({})
_NO_CLAIMS: Mapping[str, str] = MappingProxyType({})
DAMAGED, QUALITY, QUARANTINE = "damaged", "quality", "quarantine"
MAX_OPEN = 200  # of the pages that may have units, the newest: what is read of them at once
RUSH_S = 2  # after the last lease
ALLOCATED, STAGED, SOFT = "A", "S", "H"  # kinds of claim entries
CLAIMED = MappingProxyType({"allocated": ALLOCATED, "staged": STAGED, "soft": SOFT})


@dataclass(frozen=True, slots=True)
class Pages:
    """What the node's item says of its further pages (see pages.py).

    `last`: pages leased so far, `checked`: up to here all are empty and bound, `gone`: up to here
    all were dropped, `claimed`: claims made on page 0 itself while hot, `bound`: what `claimed` was
    when each had its order, `leased_at`: when the last lot left, `asked_at`: when somebody last
    asked to have them settled (epoch seconds).
    """

    hot: bool = False
    mode: HeatMode = HeatMode.AUTO
    lot: int = 0
    last: int = 0
    checked: int = 0
    gone: int = 0
    claimed: int = 0
    bound: int = 0
    leased_at: int = 0
    asked_at: int = 0

    @property
    def open(self) -> range:
        """The pages that most likely have units. Older ones have leftovers, which settling finds
        before the SKU is sold out.
        """
        return range(max(self.checked, self.last - MAX_OPEN) + 1, self.last + 1)

    def rivals(self, now: int) -> int:
        """Workers that may be asking for the same units now: in a rush each has a page."""
        return max(1, len(self.open)) if now - self.leased_at <= RUSH_S else 1

    @property
    def settled(self) -> bool:
        """Nothing lies on a page that could still be sold, and no claim waits for its order."""
        return self.checked == self.last and self.bound == self.claimed


@dataclass(frozen=True, slots=True)
class StockItem:
    """Stock of a SKU at a node, or of a hot SKU what lies at one location of it.

    `counted_at` is the `as_of` of the last count that holds, `count_id` tells it from another of
    the same second; `fed_at` is the `as_of` of the last line of a feed. Epoch seconds, 0 = never.
    """

    sku: str
    node: str
    on_hand: int = 0
    allocated: int = 0
    staged: int = 0
    soft: int = 0
    unavailable: Mapping[str, int] = field(default_factory=lambda: _NO_UNAVAILABLE)
    claims: Mapping[str, str] = field(default_factory=lambda: _NO_CLAIMS)
    version: int = 0
    counted_at: int = 0
    count_id: str = ""
    fed_at: int = 0
    flows: tuple[Flow, ...] = ()
    location: StockLocation = MAIN
    pages: Pages | None = None  # for hot stock alone: of the main item, once it had further ones
    made_at: int = 0  # of a further item, epoch seconds

    @property
    def available(self) -> int:
        return (
            self.on_hand - self.allocated - self.staged - self.soft - sum(self.unavailable.values())
        )

    @property
    def hot(self) -> bool:
        """Claims go to further locations."""
        return bool(self.pages and self.pages.hot)

    @property
    def was_hot(self) -> bool:
        """It is hot, or was once."""
        return self.pages is not None

    @property
    def spread(self) -> bool:
        """The SKU has, or had, further locations at the node."""
        return bool(self.pages and self.pages.last)


@dataclass(frozen=True, slots=True)
class Movement:
    """One change of one item: deltas per bucket, and the claim entry before → after.

    `id` makes it happen once: through the claim entry where there is one, else through a MOVE
    marker. `need` is what must be available before (quantity + safety stock); None: truth beats
    promise. `expected_version` guards movements computed from the whole item. `cart` is the soft
    hold that units come from (or go back to), with its entry before → after.

    `at` is when the goods moved (epoch seconds, 0 = when it is booked): what moved before the last
    count is in that count already, and the store refuses to book it as a flow. A count has
    `counted_at` and `count_id` instead, and forgets the flows that no later count can ask for.
    `leaves`: units available afterwards as far as its maker knows, told to quotes at once.
    """

    id: str
    kind: MovementKind
    sku: str
    node: str
    quantity: int
    on_hand: int = 0
    allocated: int = 0
    staged: int = 0
    soft: int = 0
    unavailable: Mapping[str, int] = field(default_factory=lambda: _NO_UNAVAILABLE)
    claim: str = ""
    before: str = ""  # "" = the entry must be absent
    after: str = ""  # "" = the entry is removed
    cart: str = ""
    cart_before: str = ""
    cart_after: str = ""
    need: int | None = None
    cause: str = ""
    actor: str = "system"
    expected_version: int | None = None
    at: int = 0
    counted_at: int = 0
    count_id: str = ""
    fed_at: int = 0
    forgets: tuple[Flow, ...] = ()
    location: StockLocation = MAIN
    leaves: int | None = None

    @property
    def flows(self) -> bool:
        """It changes what lies there; a count only says what lay there."""
        return bool(self.on_hand) and not self.counted_at and self.kind not in BETWEEN_PAGES

    @property
    def available(self) -> int:
        return (
            self.on_hand - self.allocated - self.staged - self.soft - sum(self.unavailable.values())
        )

    @property
    def because(self) -> str:
        """The cause: of a claim, whose it is: "order:<id>/<part>" or "cart:<id>"."""
        if self.cause or not self.claim:
            return self.cause
        owner, _, part = self.claim.rpartition(".")
        return f"order:{owner}/{part}" if part != "0" else f"cart:{owner}"


def unbalanced(move: Movement) -> list[str]:
    """Where a movement's claims say something else than its buckets; [] when it is sound."""
    if not move.claim:
        return []
    found = []
    changed = entries(move)
    for bucket, kind in CLAIMED.items():
        claimed = sum(int(after[1:]) for _, _, after in changed if after.startswith(kind))
        claimed -= sum(int(before[1:]) for _, before, _ in changed if before.startswith(kind))
        if claimed != getattr(move, bucket):
            found.append(f"{bucket} {getattr(move, bucket)}, claims say {claimed}")
    return found


def apply(item: StockItem, move: Movement) -> StockItem:
    """The item after the movement: what the conditional update does, in pure code."""
    assert (item.sku, item.node, item.location) == (move.sku, move.node, move.location)
    buckets = dict(item.unavailable)
    for kind, delta in move.unavailable.items():
        buckets[kind] = buckets.get(kind, 0) + delta
    claims = dict(item.claims)
    for claim, before, after in entries(move):
        assert claims.get(claim, "") == before
        claims.pop(claim, None)
        if after:
            claims[claim] = after
    return replace(
        item,
        on_hand=item.on_hand + move.on_hand,
        allocated=item.allocated + move.allocated,
        staged=item.staged + move.staged,
        soft=item.soft + move.soft,
        unavailable=buckets,
        claims=claims,
        version=item.version + 1,
        counted_at=move.counted_at or item.counted_at,
        count_id=move.count_id or item.count_id,
        fed_at=move.fed_at or item.fed_at,
        flows=_flows(item, move),
    )


def entries(move: Movement) -> list[tuple[str, str, str]]:
    """The claim entries that a movement changes: (claim, before, after)."""
    found = [
        (move.claim, move.before, move.after),
        (move.cart, move.cart_before, move.cart_after),
    ]
    return [entry for entry in found if entry[0]]


def _flows(item: StockItem, move: Movement) -> tuple[Flow, ...]:
    kept = tuple(flow for flow in item.flows if flow not in move.forgets)
    return (*kept, Flow(move.at, move.on_hand)) if move.flows else kept


def allocated_entry(quantity: int) -> str:
    return f"A{quantity}"


def staged_entry(quantity: int) -> str:
    return f"S{quantity}"


def soft_entry(quantity: int) -> str:
    """ "" when nothing is held any more."""
    return f"{SOFT}{quantity}" if quantity else ""


def entry_quantity(entry: str) -> int:
    return int(entry[1:])


def claimed_as(kind: str, claims: Mapping[str, str]) -> int:
    """Units that entries of this kind hold."""
    return sum(entry_quantity(entry) for entry in claims.values() if entry.startswith(kind))


def problems(item: StockItem) -> list[str]:
    """What is wrong with an item; [] when the invariants I2, I3 and I4 hold.

    The main item of a hot SKU may owe what a count did not find at its further locations.
    """
    found = []
    for bucket, kind in CLAIMED.items():
        held, claimed = getattr(item, bucket), claimed_as(kind, item.claims)
        if held != claimed:
            found.append(f"{bucket} {held}, claims say {claimed}")
    buckets = {name: getattr(item, name) for name in ("on_hand", "allocated", "staged", "soft")}
    if item.spread:
        del buckets["on_hand"]
    found += [f"{name} is {value}" for name, value in buckets.items() if value < 0]
    found += [f"unavailable {k} is {v}" for k, v in item.unavailable.items() if v < 0]
    return found
