"""Hold the stock of a plan: one claim for each part and SKU, all of them or none."""

from __future__ import annotations

from dataclasses import replace

from ...domain.ids import cart_claim, claim_id
from ...domain.orders.order import Snapshot
from ...domain.promising.work_day import slots_of
from ...domain.sourcing.network import Network
from ...domain.sourcing.plan import Plan, PlannedPart
from ...domain.stock import movements
from ...domain.stock.claiming import Outcome
from ...domain.stock.item import Movement
from .reading import Reading


def claim(
    snapshot: Snapshot, plan: Plan, reading: Reading, network: Network | None = None
) -> Plan | None:
    """Hold all stock of a plan and its places in the nodes' days, or nothing: what this run held
    for a refused plan is released.

    Answers the plan with the pages that hold its claims, or None. What was held before is left
    alone: a twin of this run may be living on it. `network` is what was planned on: it knows what
    the order's cart holds, and what is kept back.
    """
    known = network or Network(reading.nodes, {})
    moves = movements.by(reading.actor, claims_of(snapshot, plan.parts, known))
    slots = slots_of(snapshot.id, plan.parts, reading.nodes)
    if not moves:
        return plan
    outcomes = reading.stock.claims(moves)
    refused = any(outcome.refused for outcome in outcomes)
    taken, full = reading.stock.days.take_all(slots) if slots and not refused else ([], [])
    if refused or full:
        reading.stock.days.give_back(taken)
        for outcome in outcomes:
            if outcome.made:
                reading.stock.move(movements.undo(outcome.move))
        return None
    parts = [_paged(part, snapshot.id, outcomes) for part in plan.parts]
    return replace(plan, parts=tuple(parts))


def _paged(part: PlannedPart, order: str, outcomes: list[Outcome]) -> PlannedPart:
    claim, moves = claim_id(order, part.number), [outcome.move for outcome in outcomes]
    pages = {move.sku: move.page for move in moves if move.claim == claim and move.page}
    return replace(part, pages=pages) if pages else part


def claims_of(
    snapshot: Snapshot, parts: tuple[PlannedPart, ...], network: Network
) -> list[Movement]:
    """One allocation per (part, SKU), out of what the cart holds there."""
    by_id = {node.id: node for node in network.nodes}
    found = []
    for part in parts:
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
            found.append(replace(move, page=part.pages.get(sku, 0)))
    return found


Claim = tuple[str, str, str, int, int]  # claim, SKU, node, units, page


def set_of(moves: list[Movement]) -> set[Claim]:
    return {(move.claim, move.sku, move.node, move.quantity, move.page) for move in moves}


def set_of_claims(snapshot: Snapshot) -> set[Claim]:
    return set_of(claims_of(snapshot, snapshot.planned, Network((), {})))


def release(claims: set[Claim], reading: Reading) -> None:
    moves = [
        replace(movements.deallocate(claim, sku, node, quantity), page=page)
        for claim, sku, node, quantity, page in sorted(claims)
    ]
    for move in movements.by(reading.actor, moves):
        reading.stock.move(move)
