"""What is to be placed, in blocks: units that may be handed out one by one, or only whole.

Blocks that draw on a common SKU are one component; components never compete for stock, so what
is best for each is best for all. The same SKU on several lines is never counted twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..model.strategy import BY_LINE, SAME_CATEGORY, SAME_GROUP, Limits
from ..stock.availability import unclaimed
from .request import SourcingRequest

# node id → line number → quantity
Shares = dict[str, dict[int, int]]


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
    whole: bool
    excluded: frozenset[str]
    need: Mapping[str, int]
    units: int

    @property
    def sku(self) -> str:
        return self.lines[0].sku

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
    return [_block(each, limits) for each in alike.values()]


def _block(lines: Sequence[NeededLine], limits: Limits) -> NeededBlock:
    need: Counter[str] = Counter()
    for line in lines:
        need[line.sku] += line.quantity
    return NeededBlock(
        lines=tuple(lines),
        whole=bool(lines[0].group) or limits.line_split == BY_LINE,
        excluded=frozenset().union(*(line.excluded for line in lines)),
        need=dict(need),
        units=need.total(),
    )


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
