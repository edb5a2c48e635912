"""The customer takes the goods and proves to be the one: by the code, else by customer service."""

from __future__ import annotations

from ...domain.errors import Forbidden
from ...domain.limits.preparing import MAX_CODE_TRIES
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.preparing import steps
from .command import PartCommand
from .deps import Preparing
from .move_part import led_by, move_part

BY_CODE = "CODE"


def collect_part(
    command: PartCommand, *, code: str = "", proof: str = BY_CODE, deps: Preparing
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

    note = "" if by_code else proof
    part = move_part(command, step, done=done, deps=deps, note=note)
    return _without_code(part)


def _without_code(part: FulfilmentOrder) -> FulfilmentOrder:
    """The wrong code is on record before it is refused."""
    if part.status != fo.PICKED_UP:
        left = MAX_CODE_TRIES - part.tries
        raise Forbidden("the code is wrong", tries_left=left, version=part.version)
    return part
