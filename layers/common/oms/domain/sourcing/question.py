"""What is to be chosen: the candidates, best first, and the components that some of them have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..model.strategy import COST, FULL_COST, PARTS, Limits, Strategy
from .candidate import Candidate
from .compare import LATE, LEFT, OF_THE_SPLIT, SetComparison
from .greedy import gives
from .need import Component, NeededLine, SourcingRequest, components_of
from .placement import Prices
from .split import SHADOW_COST
from .vocabulary import WEIGHTED_SUM

ABSENT = "ABSENT"
PRICED = frozenset({SHADOW_COST, FULL_COST})


@dataclass(frozen=True, slots=True)
class Question:
    """`wanted`: units per component that all candidates together can give, `total` their sum."""

    asked: SourcingRequest
    candidates: Sequence[Candidate]
    components: Sequence[Component]
    wanted: Sequence[int]
    max_parts: int
    compared: SetComparison
    prices: Prices
    shadow: str
    total: int
    limits: Limits

    def lacking(self, nodes: Sequence[Candidate]) -> int:
        """Wanted units that these nodes do not have."""
        return self.total - sum(gives(each, nodes) for each in self.components)

    def enough(self, node: Candidate) -> bool:
        wanted = zip(self.components, self.wanted, strict=True)
        return all(gives(each, (node,)) >= units for each, units in wanted)

    def least_worth(self) -> int:
        """No way to give all that is wanted is worth less to later orders."""
        return sum(self._least_worth(each) for each in self.components) if self.prices else 0

    def _least_worth(self, component: Component) -> int:
        if any(block.whole for block in component) or len(component) > 1:
            return 0
        block = component[0]
        prices = (
            self.prices.get((block.sku, n.id), 0)
            for n in self.candidates
            if block.fits(n.stock, n.id)
        )
        return max(0, min(prices, default=0)) * block.units


def question(
    asked: SourcingRequest,
    candidates: Sequence[Candidate],
    lines: Sequence[NeededLine],
    max_parts: int,
) -> Question:
    """What nobody has falls away; the component that fewest can serve comes first."""
    found: list[tuple[int, int, Component, int]] = []
    for each in components_of(lines, asked.strategy.limits):
        if units := gives(each, candidates):
            holders = _holders(each, candidates)
            found.append((holders, len(found), each, units))
    found.sort(key=lambda each: each[:2])
    wanted = [each[3] for each in found]
    compared = comparison(asked.strategy)
    prices, version = _prices(asked, compared)
    return Question(
        asked,
        candidates,
        [each[2] for each in found],
        wanted,
        max_parts,
        compared,
        prices,
        version,
        sum(wanted),
        asked.strategy.limits,
    )


def comparison(strategy: Strategy) -> SetComparison:
    criteria = tuple(each.by for each in strategy.criteria)
    lead = strategy.limits.minimise
    first = (PARTS,) if lead == PARTS else (lead, PARTS)
    names = tuple(dict.fromkeys((LEFT, *first, *criteria, COST, LATE)))
    measure = next(name for name in names if name in OF_THE_SPLIT)
    return SetComparison(names, criteria, measure)


def _holders(component: Component, candidates: Sequence[Candidate]) -> int:
    """Nodes that can serve some of it."""
    if len(component) == 1 and not component[0].whole and not component[0].excluded:
        sku = component[0].sku
        return sum(1 for each in candidates if sku in each.stock)
    return sum(1 for each in candidates if any(b.fits(each.stock, each.id) for b in component))


def _prices(asked: SourcingRequest, compared: SetComparison) -> tuple[Prices, str]:
    """Prices that the strategy compares by, and their version; ABSENT where there are none."""
    weights: Mapping[str, int] = next(
        (each.weights for each in asked.strategy.criteria if each.by == WEIGHTED_SUM), {}
    )
    if PRICED.isdisjoint(compared.names) and PRICED.isdisjoint(weights):
        return {}, ""
    signals = asked.network.signals
    return (signals.shadow or {}, signals.shadow_version if signals.shadow is not None else ABSENT)
