"""Offers: several nodes see a part, the first to claim it has it. Pure steps.

The stock is held once: at the best node, `offered[0]`, until another one claims. When nobody does,
twice as many nodes see it; when there are no more, it is assigned to the best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..errors import IllegalTransition
from ..model import fulfilment as fo
from ..model.fulfilment import FulfilmentOrder
from . import steps
from .steps import Step

MAX_RANKED = 20  # nodes that may come to see one offer


def offered(
    part: FulfilmentOrder, ranked: Sequence[str], *, first: int, widen_s: int
) -> FulfilmentOrder:
    """`part`, not stored yet, as an offer to its own node and the `first - 1` best others."""
    nodes = (part.node, *(node for node in ranked if node != part.node))[:MAX_RANKED]
    last = part.expires or part.due or part.assigned_at
    return replace(
        part,
        status=fo.OFFERED,
        ranked=nodes,
        offered=nodes[:first],
        holder_day=part.day,
        offer_s=widen_s,
        accept_s=last - part.assigned_at,
        due=part.assigned_at + widen_s,
        expires=None,
        review_s=0,
    )


def claim(part: FulfilmentOrder, node: str) -> Step:
    """Raises IllegalTransition with who was faster left out: it is none of their business."""
    if part.status != fo.OFFERED:
        raise IllegalTransition(
            "the offer is over: another node has it",
            **steps.situation_of(part) | {"offer": "OVER"},
        )
    return "claim", part.moved("claim", node=node)


def unclaimed(part: FulfilmentOrder, now: int) -> Step:
    """Time passed: more nodes see it, or the best one is asked as in any assignment."""
    more = part.ranked[: 2 * len(part.offered)]
    if len(more) > len(part.offered):
        return "widen", part.moved("widen", offered=more, due=now + part.offer_s)
    return "fall_back", part.moved("fall_back", due=now + part.accept_s)
