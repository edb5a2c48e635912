"""The customer takes the goods and proves to be the one: by the code, else by customer service."""

from __future__ import annotations

from ...domain.errors import Forbidden
from ...domain.limits import MAX_CODE_TRIES
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import steps
from ...ports import Orders
from .move_part import Worker, led_by, move_part

BY_CODE = "CODE"


def collect_part(
    order_id: str,
    number: int,
    *,
    code: str = "",
    proof: str = BY_CODE,
    worker: Worker,
    orders: Orders,
    now: int,
    version: int | None = None,
) -> FulfilmentOrder:
    """`proof` other than CODE is for those who may vouch for a person: the edge checks who.

    Raises Forbidden for a wrong code; after MAX_CODE_TRIES of them also for the right one.
    """
    by_code = proof == BY_CODE

    def step(part: FulfilmentOrder) -> steps.Step:
        collected = steps.collect(part)
        if by_code and not steps.code_fits(part, code):
            return steps.wrong_code(part)
        return collected

    def done(part: FulfilmentOrder) -> bool:
        return led_by("collect")(part) and (not by_code or steps.code_fits(part, code))

    part = move_part(
        order_id,
        number,
        step,
        done=done,
        worker=worker,
        orders=orders,
        now=now,
        version=version,
        note="" if by_code else proof,
    )
    return _told(part)


def _told(part: FulfilmentOrder) -> FulfilmentOrder:
    """The wrong code is on record before it is refused."""
    if part.status != fo.PICKED_UP:
        left = MAX_CODE_TRIES - part.tries
        raise Forbidden("the code is wrong", tries_left=left, version=part.version)
    return part
