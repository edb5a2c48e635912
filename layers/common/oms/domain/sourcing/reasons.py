"""Why a choice was made: who came second, on what it lost, and how good the choice is for sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model.plan import Decision
from ..model.strategy import PARTS
from .candidate import Candidate
from .compare import LEFT, first_difference
from .need import Component
from .question import Question
from .subsets import BestSet


def of_one(asked: Question, node: Candidate, others: Sequence[Candidate]) -> Decision:
    """`others` serve everything as well, the best first."""
    why = Decision(winner=(node.id,), measure=PARTS, value=1, bound=1, shadow=asked.shadow)
    if not others:
        return _against_the_rest(asked, why)
    second = others[0]
    name, won, lost = first_difference(asked.compared.criteria, node.rank, second.rank)
    return replace(
        why, runner_up=(second.id,), lost_on=name, winner_value=won, runner_up_value=lost
    )


def of_set(asked: Question, best: BestSet, second: BestSet | None, *, exact: bool) -> Decision:
    """`exact`: no set of any candidates is better."""
    names, left = asked.compared.names, best.vector[0]
    value = left or best.vector[1]
    why = Decision(
        winner=best.ids,
        exact=exact,
        measure=LEFT if left else names[1],
        value=value,
        bound=value if exact else 0 if left else lower_bound(asked),
        shadow=asked.shadow,
    )
    if second is None:
        return _against_the_rest(asked, why)
    name, won, lost = first_difference(names, best.vector, second.vector)
    return replace(why, runner_up=second.ids, lost_on=name, winner_value=won, runner_up_value=lost)


def of_many(asked: Question, nodes: Sequence[str], left: int, *, exact: bool) -> Decision:
    """Chosen one after another: nobody came second to the whole."""
    return Decision(winner=tuple(nodes), exact=exact, measure=LEFT, value=left, shadow=asked.shadow)


def lower_bound(asked: Question) -> int:
    """What the strategy minimises is never below this, whatever nodes are chosen."""
    parts = max(_least_parts(each, asked.candidates) for each in asked.components)
    if asked.limits.minimise == PARTS:
        return max(2, parts)  # one node alone was sought first, among all
    return parts * min(node.lightest for node in asked.candidates) + asked.least_worth()


def _least_parts(component: Component, nodes: Sequence[Candidate]) -> int:
    """Nodes it takes at the least: the largest stocks first."""
    block = component[0]
    need, parts = block.units, 0
    for fits in sorted((block.fits(node.stock, node.id) for node in nodes), reverse=True):
        if need <= 0 or not fits:
            break
        need, parts = need - fits, parts + 1
    return max(1, parts)


def _against_the_rest(asked: Question, why: Decision) -> Decision:
    """No other choice serves as much: the best node that was not chosen lacks something."""
    other = next((node for node in asked.candidates if node.id not in why.winner), None)
    if other is None:
        return why
    lacking = asked.lacking((other,))
    return replace(why, runner_up=(other.id,), lost_on=LEFT, runner_up_value=lacking)
