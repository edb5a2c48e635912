"""Decide and hold: where a claim is refused, only what refused is read again (domain 4.3, step 3).

choose a plan ─► claim what it needs and is not held yet ─► held
    ▲                   │ refused by few (SKU, node)s or (node, day)s
    └── these rows read again, all else as it was ◄─┘     at most MAX_CLAIM_RETRIES times

One claim for each part and SKU, one place in a node's day for each part. What one run holds stands
from one plan to the next: after a conflict only what refused is tried elsewhere. All of the last
plan is held, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from ...domain.hot_stock.claiming import ClaimOutcome
from ...domain.ids import cart_claim, claim_id
from ...domain.limits.sourcing import MAX_CLAIM_RETRIES
from ...domain.model.network import Network
from ...domain.model.node import DIGITAL
from ...domain.model.order import Order, OrderSnapshot
from ...domain.model.plan import Plan, PlannedPart
from ...domain.model.stock_item import Movement
from ...domain.model.stock_location import MAIN, StockLocation
from ...domain.promising.work_day import Slot, slots_of
from ...domain.stock import movements
from .reading import Conflict, Reading

Choose = Callable[[Network], Plan | None]  # None: nothing is worth holding


@dataclass(frozen=True, slots=True)
class HeldPlan:
    """`plan`: held, with the locations of its claims; None when nothing was chosen, or when every
    try was refused (`spent`). `network`: what was known at the end.
    """

    plan: Plan | None
    network: Network
    spent: bool = False


def hold_plan(
    order: Order, reading: Reading, choose: Choose, network: Network | None = None
) -> HeldPlan:
    """Raises what `choose` raises. This run holds nothing then, nor when there is no plan; what a
    crash leaves is found by the orphan check.
    """
    first_part = order.next_part
    if network is None:
        network = reading.network(order.snapshot, consistent=True, first_part=first_part)
    claims = Claims(order.snapshot, reading)
    for _ in range(MAX_CLAIM_RETRIES):
        plan = None
        try:
            plan = choose(network)
        finally:
            if plan is None:
                claims.let_go()
        if plan is None:
            return HeldPlan(None, network)
        conflict = claims.take(plan, network)
        if conflict is None:
            return HeldPlan(claims.located(plan), network)
        network = reading.refreshed(network, conflict, order.snapshot, first_part=first_part)
    claims.let_go()
    return HeldPlan(None, network, spent=True)


Wish = tuple[str, str, str, int]  # claim, SKU, node, units


@dataclass(slots=True)
class Claims:
    """Of one run for one order. What was held before it came is left alone when it gives up: a
    twin of this run may be living on it.
    """

    snapshot: OrderSnapshot
    reading: Reading
    stock: dict[Wish, ClaimOutcome] = field(default_factory=dict)
    places: list[Slot] = field(default_factory=list)  # taken by this run

    def take(self, plan: Plan, network: Network) -> Conflict | None:
        """Hold all of `plan`, and nothing else any more; else what refused. `network` is what was
        planned on: it knows what the order's cart holds, and what is kept back.
        """
        wanted = {_wish(move): move for move in claims_of(self.snapshot, plan.parts, network)}
        slots = slots_of(self.snapshot.id, plan.parts)
        if self.stock or self.places:  # of a plan that was refused
            self._keep(wanted, slots)
        missing = [move for wish, move in wanted.items() if wish not in self.stock]
        found = self.reading.stock.claims.claim_each(movements.by(self.reading.actor, missing))
        self.stock |= {_wish(each.move): each for each in found if not each.refused}
        if short := [each.move for each in found if each.refused]:
            return Conflict(places=frozenset((move.sku, move.node) for move in short))
        missing_slots = [slot for slot in slots if slot not in self.places]
        if not missing_slots:
            return None
        taken, full = self.reading.stock.days.take_all(missing_slots)
        self.places += taken
        return Conflict(days=frozenset((slot.node, slot.day) for slot in full)) if full else None

    def let_go(self) -> None:
        self._keep((), ())

    def located(self, plan: Plan) -> Plan:
        """The plan with the locations of its claims."""
        found: dict[str, dict[str, StockLocation]] = {}
        for move in (each.move for each in self.stock.values()):
            if move.location != MAIN:
                found.setdefault(move.claim, {})[move.sku] = move.location
        if not found:
            return plan
        parts = [
            replace(
                part, locations=found.get(claim_id(self.snapshot.id, part.number), part.locations)
            )
            for part in plan.parts
        ]
        return replace(plan, parts=tuple(parts))

    def _keep(self, wanted: Iterable[Wish], slots: Iterable[Slot]) -> None:
        """Undo what this run made and the plan does not ask for."""
        named, places = set(wanted), set(slots)
        for wish in self.stock.keys() - named:
            outcome = self.stock.pop(wish)
            if outcome.made:
                self.reading.stock.movements.move(movements.undo(outcome.move))
        if gone := [slot for slot in self.places if slot not in places]:
            self.reading.stock.days.give_back(gone)
        self.places = [slot for slot in self.places if slot in places]


def _wish(move: Movement) -> Wish:
    return move.claim, move.sku, move.node, move.quantity


def claims_of(
    snapshot: OrderSnapshot, parts: tuple[PlannedPart, ...], network: Network
) -> list[Movement]:
    """One allocation per (part, SKU), out of what the cart holds there."""
    by_id = {node.id: node for node in network.nodes}
    found = []
    for part in parts:
        if part.node == DIGITAL:
            continue
        for sku, quantity in snapshot.per_sku(part.lines).items():
            claim = claim_id(snapshot.id, part.number)
            node = by_id.get(part.node)
            safety = network.safety_at(node, sku, snapshot.method) if node else 0
            soft = network.held.get((sku, part.node), 0)
            if soft:
                cart = cart_claim(snapshot.reservation)
                move = movements.commit_soft(
                    claim, sku, part.node, quantity, cart=cart, held=soft, safety=safety
                )
            else:
                move = movements.allocate(claim, sku, part.node, quantity, safety=safety)
                move = replace(move, leaves=network.left((sku, part.node), quantity))
            in_cart = network.held_at.get((sku, part.node), MAIN)
            at = in_cart if soft else part.locations.get(sku, MAIN)
            found.append(replace(move, location=at))
    return found


Claim = tuple[str, str, str, int, StockLocation]  # claim, SKU, node, units, where


def set_of(moves: list[Movement]) -> set[Claim]:
    return {(move.claim, move.sku, move.node, move.quantity, move.location) for move in moves}


def set_of_claims(snapshot: OrderSnapshot) -> set[Claim]:
    return set_of(claims_of(snapshot, snapshot.planned, Network((), {})))


def release(claims: set[Claim], reading: Reading) -> None:
    moves = [
        replace(movements.deallocate(claim, sku, node, quantity), location=location)
        for claim, sku, node, quantity, location in sorted(claims)
    ]
    for move in movements.by(reading.actor, moves):
        reading.stock.movements.move(move)
