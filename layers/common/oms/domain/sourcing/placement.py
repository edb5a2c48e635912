"""A few nodes and the components to place on them: what a set of them can give, and at what cost.

A set of nodes is a bit mask of their places in the list, which is best first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..limits.sourcing import MAX_SPLIT_STEPS, MAX_WAYS
from .candidate import Candidate
from .need import Component, NeededBlock
from .options import Gift, Options, options

Prices = Mapping[tuple[str, str], int]
STEPS, CUT = "steps", "cut"


@dataclass(frozen=True, slots=True)
class Placement:
    """`holders`: per component the nodes that have some of it, `fits`: how many units each.

    `weight_g`: all that is wanted weighs so much at the least. `flat`: nodes where it all costs
    as little as the lightest parcel. `work` counts the steps done and what was cut short to bound
    them; the other maps remember what was worked out.
    """

    nodes: Sequence[Candidate]
    components: Sequence[Component]
    prices: Prices
    holders: Sequence[int]
    fits: Sequence[Sequence[int]]
    weight_g: int
    flat: Sequence[bool]
    tariffs: Sequence[Sequence[tuple[int, int]]]  # (up to grams, handling and carriage)
    parcels: Sequence[dict[int, int]]
    floors: Sequence[dict[int, int]]
    known: dict[tuple[int, int], Options] = field(default_factory=dict)
    sets: dict[int, tuple[int, ...]] = field(default_factory=dict)
    work: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(
        cls,
        nodes: Sequence[Candidate],
        components: Sequence[Component],
        wanted: Sequence[int],
        prices: Prices,
    ) -> Placement:
        weight = sum(block.weight_of(block.units) for each in components for block in each)
        least = sum(map(_least_weight, components, wanted))
        return cls(
            nodes=nodes,
            components=components,
            prices=prices,
            holders=[_holders(component, nodes) for component in components],
            fits=[[_fit(each[0], node) for node in nodes] for each in components],
            weight_g=least,
            tariffs=[_tariff(node, weight) for node in nodes],
            flat=[n.carriage is None or weight <= n.carriage.brackets[0][0] for n in nodes],
            parcels=[{} for _ in nodes],
            floors=[{} for _ in nodes],
        )

    @property
    def exact(self) -> bool:
        """Nothing was left untried."""
        return not self.work[CUT]

    def cut(self) -> None:
        self.work[CUT] += 1

    def may_do(self, steps: int) -> bool:
        """Counts them, while they are within the limit; else the work is cut."""
        if self.work[STEPS] + steps > MAX_SPLIT_STEPS:
            self.cut()
            return False
        self.work[STEPS] += steps
        return True

    def members(self, mask: int) -> tuple[int, ...]:
        if mask not in self.sets:
            self.sets[mask] = tuple(n for n in range(len(self.nodes)) if mask >> n & 1)
        return self.sets[mask]

    def most_of(self, c: int, mask: int) -> int:
        """Units of component `c` that the set can give."""
        component, fits = self.components[c], self.fits[c]
        if len(component) > 1:
            return self.options(c, mask).units
        block = component[0]
        given = [fits[n] for n in self.members(mask & self.holders[c])]
        return max(given, default=0) if block.whole else min(block.units, sum(given))

    def most(self, mask: int) -> int:
        return sum(self.most_of(c, mask) for c in range(len(self.components)))

    def covers(self, mask: int, wanted: Sequence[int]) -> bool:
        """The set gives of every component as many units as wanted; the scarce ones first."""
        return all(self.most_of(c, mask) >= units for c, units in enumerate(wanted))

    def options(self, c: int, mask: int) -> Options:
        """The ways to place component `c` on the set."""
        key = (c, mask & self.holders[c])
        if key not in self.known:
            nodes = [(n, self.nodes[n].id, self.nodes[n].stock) for n in self.members(key[1])]
            self.known[key] = options(self.components[c], nodes, MAX_WAYS)
            if not self.known[key].exact:
                self.cut()
        return self.known[key]

    def worth(self, c: int, way: Sequence[Gift]) -> int:
        """What the units of a way are worth to later orders."""
        total = 0
        for b, n, units in way if self.prices else ():
            block, node = self.components[c][b], self.nodes[n].id
            each = self.prices.get((block.sku, node), 0) * units
            if block.whole:
                each = sum(self.prices.get((s, node), 0) * q for s, q in block.need.items())
            total += each
        return total

    def weigh(self, c: int, way: Sequence[Gift]) -> list[tuple[int, int, int]]:
        """(node index, grams, minor units of value) of a way."""
        blocks = self.components[c]
        return [(n, blocks[b].weight_of(u), blocks[b].value_of(u)) for b, n, u in way]

    def lightest(self, n: int) -> int:
        """No parcel of node `n` costs less."""
        return self.nodes[n].lightest

    def least_cost(self, nodes: Sequence[int]) -> int:
        """No way to carry the weight of it all in one parcel per node costs less.

        Every node has a bracket of its tariff; together these hold the weight.
        """
        choices = [(0, 0)]
        for n in nodes:
            choices = _frontier(
                [(g + most, c + p) for g, c in choices for most, p in self.tariffs[n]]
            )
        return min((cost for grams, cost in choices if grams >= self.weight_g), default=0)

    def least_with(self, n: int, weight_g: int) -> int:
        """No parcel of node `n` that holds this weight, and maybe more, costs less."""
        known = self.floors[n]
        if weight_g not in known:
            fitting = [price for most, price in self.tariffs[n] if most >= weight_g]
            known[weight_g] = min(fitting, default=self.lightest(n))
        return known[weight_g]

    def cost(self, n: int, weight_g: int) -> int:
        """Handling and carriage of one parcel of node `n`."""
        known = self.parcels[n]
        if weight_g not in known:
            node = self.nodes[n]
            carried = node.carriage.price_of(weight_g) if node.carriage else 0
            known[weight_g] = node.node.handling_cost + carried
        return known[weight_g]


def _fit(block: NeededBlock, node: Candidate) -> int:
    return block.fits(node.stock, node.id)


def _least_weight(component: Component, wanted: int) -> int:
    """So many units of it weigh this at the least."""
    return min(block.weight_of(block.units) * wanted // block.units for block in component)


def _tariff(node: Candidate, weight_g: int) -> list[tuple[int, int]]:
    """What parcels cost at the least, up to which weight; the last holds any weight."""
    handling = node.node.handling_cost
    if node.carriage is None:
        return [(weight_g, handling)]
    brackets = node.carriage.brackets
    return [(most, handling + minor) for most, minor in brackets] + [
        (max(weight_g, brackets[-1][0]), handling + brackets[-1][1])
    ]


def _frontier(choices: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of (grams held, cost) those that no other beats in both."""
    found: list[tuple[int, int]] = []
    for grams, cost in sorted(choices, key=lambda each: (each[1], -each[0])):
        if not found or grams > found[-1][0]:
            found.append((grams, cost))
    return found


def _holders(component: Component, nodes: Sequence[Candidate]) -> int:
    return sum(
        1 << n for n, node in enumerate(nodes) if any(_fit(block, node) for block in component)
    )
