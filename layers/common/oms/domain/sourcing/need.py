"""What is asked of sourcing, and what is to be placed, in blocks: units that may be handed out one
by one, or only whole.

Blocks that draw on a common SKU are one component; components never compete for stock, so what
is best for each is best for all. The same SKU on several lines is never counted twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..model.carriage import Carriage, CarrierService, cheapest, level
from ..model.demand import Demand
from ..model.network import Network
from ..model.strategy import BY_LINE, SAME_CATEGORY, SAME_GROUP, Fence, Limits, Strategy
from ..stock.availability import unclaimed
from .vocabulary import BELOW_SAFETY

# node id → line number → quantity
Shares = dict[str, dict[int, int]]


@dataclass(frozen=True, slots=True)
class SourcingRequest:
    """One question, with what every node's answer needs, worked out once.

    `need`: SKU → units over all lines. `refusals`: nodes that may not serve some line.

    `kept_back`: units of each SKU that stay at a node beside its own safety stock. `relax_days`:
    so much later than promised is borne, beside what the strategy bears.
    """

    demand: Demand
    network: Network
    strategy: Strategy
    services: Sequence[CarrierService]
    now: int
    relax_days: int
    need: Mapping[str, int]
    units: int
    weight_g: int
    value: int
    refusals: frozenset[str]
    hazmat: frozenset[str]
    fences: Mapping[str, Fence]
    kept_back: int
    carriages: dict[str, Carriage | None] = field(default_factory=dict)

    def skus_of(self, node: str) -> Sequence[str]:
        """The SKUs that the node is still asked for."""
        if node not in self.refusals:
            return list(self.need)
        lines = (line.sku for line in self.demand.lines if node not in line.excluded)
        return list(dict.fromkeys(lines))

    def carriage_from(self, country: str) -> Carriage | None:
        """The cheapest service for all of the demand from there; None when nobody goes."""
        if country not in self.carriages:
            service, to = level(self.demand.service), self.demand.country
            self.carriages[country] = cheapest(
                self.services, service, country, to, self.weight_g, self.demand.piece_g
            )
        return self.carriages[country]


def sourcing_request(
    demand: Demand,
    network: Network,
    strategy: Strategy,
    services: Sequence[CarrierService],
    now: int,
    relax_days: int = 0,
) -> SourcingRequest:
    need: dict[str, int] = {}
    for line in demand.lines:
        need[line.sku] = need.get(line.sku, 0) + len(line.units)
    fences = {fence.code: fence for fence in strategy.fences}
    return SourcingRequest(
        demand=demand,
        network=network,
        strategy=strategy,
        services=services,
        now=now,
        relax_days=relax_days,
        need=need,
        units=sum(need.values()),
        weight_g=sum(line.weight_g * len(line.units) for line in demand.lines),
        value=sum(line.value * len(line.units) for line in demand.lines),
        refusals=frozenset().union(*(line.excluded for line in demand.lines)),
        hazmat=frozenset(line.sku for line in demand.lines if line.hazmat),
        fences=fences,
        kept_back=fences[BELOW_SAFETY].limit if BELOW_SAFETY in fences else 0,
    )


@dataclass(frozen=True, slots=True)
class NeededLine:
    """How many units of a demand line are to be placed; `value` and weight are of one unit."""

    no: int
    sku: str
    quantity: int
    weight_g: int
    value: int
    excluded: frozenset[str]
    group: str = ""


@dataclass(frozen=True, slots=True)
class NeededBlock:
    """Lines that are placed together. `whole`: all of it comes from one node, or nothing.

    Otherwise its lines are of one SKU and alike, and each unit may come from another node.
    """

    lines: tuple[NeededLine, ...]
    sku: str  # of the first line, or of all
    whole: bool
    excluded: frozenset[str]
    need: Mapping[str, int]
    units: int

    def value_of(self, units: int) -> int:
        if not self.whole:
            return self.lines[0].value * units
        return sum(line.value * line.quantity for line in self.lines)

    def weight_of(self, units: int) -> int:
        if not self.whole:
            return self.lines[0].weight_g * units
        return sum(line.weight_g * line.quantity for line in self.lines)

    def fits(self, stock: Mapping[str, int], node: str) -> int:
        """Units a node with this stock can give."""
        if node in self.excluded:
            return 0
        if self.whole:
            enough = all(stock.get(sku, 0) >= units for sku, units in self.need.items())
            return self.units if enough else 0
        return min(self.units, stock.get(self.sku, 0))


Component = tuple[NeededBlock, ...]


def lines_of(asked: SourcingRequest) -> tuple[NeededLine, ...]:
    by = asked.strategy.limits.together
    return tuple(
        NeededLine(
            each.line,
            each.sku,
            len(each.units),
            each.weight_g,
            each.value,
            each.excluded,
            each.together if by == SAME_GROUP else each.category if by == SAME_CATEGORY else "",
        )
        for each in asked.demand.lines
        if each.units
    )


def granted(lines: Sequence[NeededLine], asked: SourcingRequest) -> tuple[NeededLine, ...]:
    """The lines cut to what the network has beyond demand that waits already."""
    waiting = asked.network.waiting
    skus = {line.sku for line in lines if waiting.get(line.sku)}
    budget = {sku: unclaimed(asked.network, sku, asked.demand.method_at) for sku in skus}
    found = []
    for line in lines:
        given = min(line.quantity, budget.get(line.sku, line.quantity))
        if given < line.quantity and asked.strategy.limits.line_split == BY_LINE:
            given = 0
        if line.sku in budget:
            budget[line.sku] -= given
        found.append(replace(line, quantity=given) if given < line.quantity else line)
    return tuple(line for line in found if line.quantity)


def components_of(lines: Sequence[NeededLine], limits: Limits) -> tuple[Component, ...]:
    """The blocks, by the SKUs they share; in the order of their first line."""
    found: list[tuple[set[str], list[NeededBlock]]] = []
    for block in _blocks(lines, limits):
        skus, blocks = set(block.need), [block]
        for other in [each for each in found if each[0] & skus]:
            found.remove(other)
            skus |= other[0]
            blocks = [*other[1], *blocks]
        found.append((skus, blocks))
    # who may go to fewer nodes, and who needs more at once, chooses first
    return tuple(
        tuple(sorted(blocks, key=lambda each: (-len(each.excluded), -each.units * each.whole)))
        for _, blocks in found
    )


def _blocks(lines: Sequence[NeededLine], limits: Limits) -> list[NeededBlock]:
    alike: dict[object, list[NeededLine]] = {}
    for line in lines:
        value = line.value if limits.min_value else 0
        key: object = (line.sku, line.excluded, line.weight_g, value)
        if limits.line_split == BY_LINE:
            key = line.no
        alike.setdefault((line.group,) if line.group else key, []).append(line)
    found = []
    for together in alike.values():
        need: Counter[str] = Counter()
        for line in together:
            need[line.sku] += line.quantity
        found.append(
            NeededBlock(
                lines=tuple(together),
                sku=together[0].sku,
                whole=bool(together[0].group) or limits.line_split == BY_LINE,
                excluded=frozenset().union(*(line.excluded for line in together)),
                need=dict(need),
                units=need.total(),
            )
        )
    return found


def shares_of(given: Iterable[tuple[NeededBlock, str, int]]) -> Shares:
    """(block, node, units) in the order of the nodes → units per line, the first lines first."""
    left: dict[int, int] = {}
    shares: Shares = {}
    for block, node, units in given:
        for line in block.lines:
            take = min(units, left.setdefault(line.no, line.quantity))
            if take:
                own = shares.setdefault(node, {})
                own[line.no] = own.get(line.no, 0) + take
                left[line.no] -= take
                units -= take
    return shares


def quantity(shares: Shares) -> int:
    return sum(given for lines in shares.values() for given in lines.values())
