"""The movements of domain 3.4, each a constructor of `Movement`. Quantities are positive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..model import fulfilment as fo
from ..model.movement_kind import MovementKind
from ..model.stock_item import (
    DAMAGED,
    QUARANTINE,
    STAGED,
    Movement,
    StockItem,
    allocated_entry,
    entry_quantity,
    soft_entry,
    staged_entry,
)

ARRIVAL = MovementKind.TRANSFER_RECEIVE
# buckets by their names in ledgers; each kind of unavailable units is one
COUNTED = ("on_hand", "allocated", "staged", "soft")
UNAVAILABLE = "un_"


def allocate(claim: str, sku: str, node: str, quantity: int, *, safety: int = 0) -> Movement:
    """Claim `quantity`; refused by condition when less than quantity + safety is available."""
    return Movement(
        f"{claim}:ALLOCATE", MovementKind.ALLOCATE, sku, node, quantity,
        allocated=quantity, claim=claim, after=allocated_entry(quantity), need=quantity + safety,
    )  # fmt: skip


def deallocate(claim: str, sku: str, node: str, quantity: int) -> Movement:
    """Free an allocated claim: the node's stock is fine."""
    return Movement(
        f"{claim}:DEALLOCATE", MovementKind.DEALLOCATE, sku, node, quantity,
        allocated=-quantity, claim=claim, before=allocated_entry(quantity),
    )  # fmt: skip


def soft_hold(cart: str, sku: str, node: str, quantity: int, *, safety: int = 0) -> Movement:
    """Hold `quantity` for a cart; refused like an allocation."""
    return Movement(
        f"{cart}:SOFT_HOLD", MovementKind.SOFT_HOLD, sku, node, quantity,
        soft=quantity, claim=cart, after=soft_entry(quantity), need=quantity + safety,
    )  # fmt: skip


def soft_release(cart: str, sku: str, node: str, quantity: int) -> Movement:
    """The cart gives up what it still holds here: released, expired, or left over."""
    return Movement(
        f"{cart}:SOFT_RELEASE", MovementKind.SOFT_RELEASE, sku, node, quantity,
        soft=-quantity, claim=cart, before=soft_entry(quantity),
    )  # fmt: skip


def commit_soft(
    claim: str, sku: str, node: str, quantity: int, *, cart: str, held: int, safety: int = 0
) -> Movement:
    """An order takes the `held` units of its cart, and what it lacks from free stock."""
    taken = min(quantity, held)
    fresh = quantity - taken
    return Movement(
        f"{claim}:COMMIT_SOFT", MovementKind.COMMIT_SOFT, sku, node, quantity,
        allocated=quantity, soft=-taken, claim=claim, after=allocated_entry(quantity),
        cart=cart, cart_before=soft_entry(held), cart_after=soft_entry(held - taken),
        need=fresh + safety if fresh else None,
    )  # fmt: skip


def by(actor: str, moves: Iterable[Movement]) -> list[Movement]:
    """The movements with who made them."""
    return [replace(move, actor=actor) for move in moves]


def undo(move: Movement) -> Movement:
    """Takes back a claim that was just made: what came from a cart goes back to it."""
    if move.kind == MovementKind.COMMIT_SOFT:
        return replace(
            move, id=f"{move.claim}:UNCOMMIT_SOFT", kind=MovementKind.UNCOMMIT_SOFT,
            allocated=-move.allocated, soft=-move.soft, before=move.after, after="",
            cart_before=move.cart_after, cart_after=move.cart_before, need=None,
        )  # fmt: skip
    take_back = soft_release if move.kind == MovementKind.SOFT_HOLD else deallocate
    found = take_back(move.claim, move.sku, move.node, move.quantity)
    return replace(found, actor=move.actor, location=move.location)


def prepare(claim: str, sku: str, node: str, quantity: int) -> Movement:
    """Pick confirmed: the units leave the shelf for the staging area."""
    return Movement(
        f"{claim}:PREPARE", MovementKind.PREPARE, sku, node, quantity,
        allocated=-quantity, staged=quantity,
        claim=claim, before=allocated_entry(quantity), after=staged_entry(quantity),
    )  # fmt: skip


def unprepare(claim: str, sku: str, node: str, quantity: int, version: int = 0) -> Movement:
    """Back on the shelf, still claimed."""
    return Movement(
        f"{claim}:UNPREPARE:{version}", MovementKind.UNPREPARE, sku, node, quantity,
        allocated=quantity, staged=-quantity,
        claim=claim, before=staged_entry(quantity), after=allocated_entry(quantity),
    )  # fmt: skip


def restow(claim: str, sku: str, node: str, quantity: int) -> Movement:
    """Staged units of a cancelled or uncollected part go back on sale."""
    return Movement(
        f"{claim}:RESTOW", MovementKind.RESTOW, sku, node, quantity,
        staged=-quantity, claim=claim, before=staged_entry(quantity),
    )  # fmt: skip


def reduce(claim: str, item: StockItem, kept: int) -> Movement | None:
    """Fewer units are wanted than a claim covers; None when it covers no more than `kept`."""
    entry = item.claims.get(claim, "")
    gone = entry_quantity(entry) - kept if entry else 0
    if gone <= 0:
        return None
    staged = entry.startswith(STAGED)
    after = (staged_entry if staged else allocated_entry)(kept) if kept else ""
    kind = MovementKind.RESTOW if staged else MovementKind.DEALLOCATE
    return Movement(
        f"{claim}:REDUCE:{item.sku}:{kept}", kind, item.sku, item.node, gone,
        allocated=0 if staged else -gone, staged=-gone if staged else 0,
        claim=claim, before=entry, after=after, location=item.location,
    )  # fmt: skip


def ship(claim: str, sku: str, node: str, quantity: int) -> Movement:
    """The goods leave: the only sale-side decrease of on_hand."""
    return Movement(
        f"{claim}:SHIP", MovementKind.SHIP, sku, node, quantity,
        on_hand=-quantity, staged=-quantity, claim=claim, before=staged_entry(quantity),
    )  # fmt: skip


def arrive(claim: str, sku: str, node: str, quantity: int) -> Movement:
    """Units that were sent to the store where they are collected: staged, they are somebody's.

    Has a marker beside its claim: told again after they were collected, they do not come back.
    """
    return Movement(
        f"{claim}:ARRIVE:{sku}", ARRIVAL, sku, node, quantity,
        on_hand=quantity, staged=quantity, claim=claim, after=staged_entry(quantity),
    )  # fmt: skip


def first_of(claim: str, sku: str, node: str) -> Movement:
    """Opens the item of a SKU that the node never had, so that a claim has a place to be."""
    return Movement(
        f"{claim}:FIRST:{sku}", MovementKind.RECEIVE, sku, node, 0, cause=part_of(claim)
    )


def late_ship(claim: str, sku: str, node: str, quantity: int) -> Movement:
    """A cancelled part left all the same: a fact, booked without a claim (needs a marker)."""
    return Movement(
        f"{claim}:LATE_SHIP:{sku}", MovementKind.LATE_SHIP, sku, node, quantity,
        on_hand=-quantity, cause=part_of(claim),
    )  # fmt: skip


def part_of(claim: str) -> str:
    """The cause of what is booked beside a claim: the part that it belongs to."""
    order, _, part = claim.rpartition(".")
    return f"order:{order}/{part}"


def short_pick(claim: str, item: StockItem, found: int, missing: int, reason: str) -> Movement:
    """`found` units are staged, `missing` leave the claim; stock is corrected by `reason`.

    | reason                     | on_hand          | unavailable |
    |----------------------------|------------------|-------------|
    | NOT_IN_STOCK               | := what is accounted for elsewhere (shelf is empty) | |
    | MISMATCH                   | −missing         |             |
    | DAMAGED, WORN              |                  | +missing    |
    | NO_VARIANCE, NO_CAPACITY, TIMEOUT | unchanged |             |

    `found` 0 is a rejection: the entry is removed.
    """
    asked = found + missing
    on_hand, damaged = 0, {}
    if reason == fo.NOT_IN_STOCK:
        shelf = item.on_hand - item.staged - sum(item.unavailable.values())
        on_hand = -max(0, shelf - found)
    elif reason == fo.MISMATCH:
        on_hand = -missing
    elif reason in (fo.DAMAGED, fo.WORN):
        damaged = {DAMAGED: missing}
    return Movement(
        f"{claim}:SHORT", MovementKind(f"SHORT_{reason}"), item.sku, item.node, missing,
        on_hand=on_hand, allocated=-asked, staged=found, unavailable=damaged,
        claim=claim, before=allocated_entry(asked), after=staged_entry(found) if found else "",
        expected_version=item.version if reason == fo.NOT_IN_STOCK else None,
        location=item.location,
    )  # fmt: skip


def empty_shelf(short: Movement, whole: StockItem) -> Movement:
    """The shelf was found empty: what other locations have of it is taken off the main one."""
    shelf = whole.on_hand - whole.staged - sum(whole.unavailable.values())
    return Movement(
        f"{short.id}:SHELF:{short.sku}", short.kind, whole.sku, whole.node, max(0, shelf),
        on_hand=-max(0, shelf), expected_version=whole.version,
        cause=short.because, actor=short.actor,
    )  # fmt: skip


def receive(id: str, sku: str, node: str, quantity: int, *, cause: str, actor: str) -> Movement:
    return Movement(
        id, MovementKind.RECEIVE, sku, node, quantity,
        on_hand=quantity, cause=cause or f"receipt:{id}", actor=actor,
    )  # fmt: skip


def adjust(
    id: str,
    sku: str,
    node: str,
    delta: int,
    *,
    cause: str,
    actor: str,
    at: int = 0,
    fed_at: int = 0,
) -> Movement:
    """A correction by `delta` with its reason in `cause`; never below zero on hand."""
    return Movement(
        id, MovementKind.ADJUST, sku, node, abs(delta), on_hand=delta,
        need=-delta if delta < 0 else None, cause=cause, actor=actor, at=at, fed_at=fed_at,
    )  # fmt: skip


def return_receive(
    id: str, sku: str, node: str, quantity: int, *, cause: str, actor: str
) -> Movement:
    """Returned goods arrive: on hand, in quarantine until graded."""
    return Movement(
        id, MovementKind.RETURN_RECEIVE, sku, node, quantity,
        on_hand=quantity, unavailable={QUARANTINE: quantity}, cause=cause, actor=actor,
    )  # fmt: skip


def dispose(
    id: str, sku: str, node: str, quantity: int, disposition: str, *, cause: str, actor: str
) -> Movement:
    """Graded: RESTOCK frees the units for sale, QUARANTINE leaves them, all else removes them."""
    removed = 0 if disposition in ("RESTOCK", "QUARANTINE") else quantity
    freed = 0 if disposition == "QUARANTINE" else quantity
    return Movement(
        id, MovementKind(f"DISPOSE_{disposition}"), sku, node, quantity,
        on_hand=-removed, unavailable={QUARANTINE: -freed}, cause=cause, actor=actor,
    )  # fmt: skip


def deltas_of(move: Movement) -> dict[str, int]:
    """What a movement changes, without zeros."""
    found = {name: getattr(move, name) for name in COUNTED}
    found |= {f"{UNAVAILABLE}{kind}": units for kind, units in move.unavailable.items()}
    return {name: units for name, units in found.items() if units}
