"""Choose the nodes: one that serves everything, else the fewest, else the most that can be had.

SINGLE       the best node that serves all of it
MIN_SPLIT    the best set that serves all of it; the smallest, where parts are minimised
BEST_SUBSET  the best of the sets that serve most of it within the limit of parts
GREEDY       node after node the one that serves most, when that is more

The decision says why: who came second, on what it lost, and how good the choice is for sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import comb

from ..limits.sourcing import MAX_CANDIDATES, MAX_SET_TESTS
from ..model.plan import NO_DECISION, Decision
from ..model.strategy import PARTS, WHOLE_LINE
from .candidate import Candidate
from .compare import LEFT, first_difference
from .greedy import Given, greedy, shortlist, units_given
from .need import Component, NeededLine, Shares, SourcingRequest, shares_of
from .placement import Placement
from .question import Question, question
from .subsets import BestSet, Entry, Search

SINGLE, MIN_SPLIT, BEST_SUBSET = "SINGLE", "MIN_SPLIT", "BEST_SUBSET"
GREEDY, PICKUP, NONE = "GREEDY", "PICKUP", "NONE"


@dataclass(frozen=True, slots=True)
class Choice:
    """Who gives how many units of which line, in the order of the nodes; and why."""

    how: str
    nodes: tuple[Candidate, ...] = ()
    shares: Shares = field(default_factory=dict)
    why: Decision = NO_DECISION


def choose(
    asked: SourcingRequest,
    candidates: Sequence[Candidate],
    lines: Sequence[NeededLine],
    max_parts: int,
) -> Choice:
    """`candidates` come best first; `lines` hold only what may be given to this demand.

    Where lines are sent whole, those of which only a part can be had are left out, and the rest
    is chosen again.
    """
    asks = {line.line: len(line.units) for line in asked.demand.lines}
    while True:
        choice = _chosen(question(asked, candidates, lines, max_parts))
        if asked.strategy.limits.complete != WHOLE_LINE:
            return choice
        given = dict.fromkeys(asks, 0)
        for own in choice.shares.values():
            for no, units in own.items():
                given[no] += units
        kept = [line for line in lines if given[line.no] in (0, asks[line.no])]
        if len(kept) == len(lines):
            return choice
        lines = kept


def _chosen(asked: Question) -> Choice:
    if not asked.components:
        return Choice(NONE)
    if asked.asked.demand.at_one_place:
        return _in_turn(asked, PICKUP, greedy(asked.components, asked.candidates, 1))
    if asked.limits.minimise == PARTS and (alone := _single(asked)):
        return alone
    puzzle = Placement.of(_short(asked), asked.components, asked.wanted, asked.prices)
    search = Search(puzzle, asked.compared, asked.limits.min_value, asked.wanted)
    return _complete(asked, search) or _most(asked, search)


def _short(asked: Question) -> list[Candidate]:
    """By cost where cost is minimised, else by the criteria."""
    order = asked.candidates
    if asked.limits.minimise != PARTS:
        order = sorted(order, key=lambda node: (node.cost, node.key))
    return shortlist(order, asked.components, asked.wanted, asked.limits.candidates)


def _single(asked: Question) -> Choice | None:
    able = [node for node in asked.candidates if asked.enough(node)]
    if not able:
        return None
    if asked.total < asked.asked.units:  # criteria measured all of it, less is sent
        return _least_of(asked, able)
    best = able[0]
    blocks = [block for component in asked.components for block in component]
    shares = shares_of((block, best.id, units) for block, units in units_given(blocks, best))
    return Choice(SINGLE, (best,), shares, of_one(asked, best, able[1:]))


def _least_of(asked: Question, able: Sequence[Candidate]) -> Choice | None:
    """Of single nodes, by what each of them really sends."""
    few = able[:MAX_CANDIDATES]
    puzzle = Placement.of(few, asked.components, asked.wanted, asked.prices)
    search = Search(puzzle, asked.compared, asked.limits.min_value, asked.wanted)
    if len(few) < len(able):
        puzzle.cut()
    return _of_set(asked, search, search.complete((1,), 0), SINGLE, of=len(few))


def _complete(asked: Question, search: Search) -> Choice | None:
    """All that is wanted. Where parts are minimised, the first size that has a set ends it."""
    sizes = range(1, min(asked.max_parts, len(search.puzzle.nodes)) + 1)
    if asked.limits.minimise != PARTS:
        return _of_set(asked, search, search.complete(sizes, asked.least_worth()), MIN_SPLIT)
    for size in sizes[1:]:
        entries = search.complete((size,), asked.least_worth())
        if entries and (found := _of_set(asked, search, entries, MIN_SPLIT)):
            return found
    return None


def _most(asked: Question, search: Search) -> Choice:
    """Not all can be had: the best set of a few, unless going from node to node gives more."""
    choice = _of_set(asked, search, search.partial(_sizes(asked, search)), BEST_SUBSET)
    given = _worth_sending(asked, greedy(asked.components, asked.candidates, asked.max_parts))
    units = sum(each[2] for each in given)
    if choice is None or units > asked.total - choice.why.value:
        return _in_turn(asked, GREEDY, given)
    return choice


def _sizes(asked: Question, search: Search) -> range:
    """As many parts as may be, and no more sets than may be tested."""
    nodes, sets = len(search.puzzle.nodes), 0
    for size in range(1, min(asked.max_parts, nodes) + 1):
        sets += comb(nodes, size)
        if sets * len(asked.components) > MAX_SET_TESTS:
            search.puzzle.cut()
            return range(1, size)
    return range(1, min(asked.max_parts, nodes) + 1)


def _of_set(
    asked: Question, search: Search, entries: list[Entry], how: str, of: int = 0
) -> Choice | None:
    """`of`: how many candidates could have been in a set, all unless said."""
    best, second = search.best(entries)
    if best is None:
        return None
    puzzle = search.puzzle
    given = [(block, puzzle.nodes[n], units) for block, n, units in best.split.given]
    exact = puzzle.exact and len(puzzle.nodes) == (of or len(asked.candidates))
    nodes = tuple(puzzle.nodes[n] for n in puzzle.members(best.split.used))
    why = of_set(asked, best, second, exact=exact)
    return Choice(
        SINGLE if len(nodes) == 1 and not best.vector[0] else how, nodes, _shares(given), why
    )


def _in_turn(asked: Question, how: str, given: Sequence[Given]) -> Choice:
    nodes = {node.id: node for _, node, _ in given}
    left = asked.total - sum(units for _, _, units in given)
    why = of_many(asked, tuple(nodes), left, exact=how == PICKUP)
    return Choice(how, tuple(nodes.values()), _shares(given), why)


def _worth_sending(asked: Question, given: Sequence[Given]) -> Sequence[Given]:
    """Without the parts that are worth too little to be one of several."""
    worth: dict[str, int] = {}
    for block, node, units in given:
        value = block.value_of(units)
        worth[node.id] = worth.get(node.id, 0) + value
    kept = {id for id, value in worth.items() if value >= asked.limits.min_value}
    kept = kept or {next(iter(worth), "")}
    return [each for each in given if each[1].id in kept]


def _shares(given: Sequence[Given]) -> Shares:
    return shares_of((block, node.id, units) for block, node, units in given)


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
