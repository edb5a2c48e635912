"""Node after node: what each gives, what several can give together, and which few are looked at.

GREEDY serves when no small set serves everything: node after node the one that serves most. Ties
go to the better candidate. Units served come before the criteria here: this runs only when
something would stay unfilled or the candidates are many, and the parts are limited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..limits.sourcing import MAX_CANDIDATES, MAX_WAYS
from .candidate import Candidate
from .need import Component, NeededBlock
from .options import options

Given = tuple[NeededBlock, Candidate, int]


def greedy(
    components: Sequence[Component], candidates: Sequence[Candidate], max_parts: int
) -> list[Given]:
    """(block, node, units) in the order the nodes were chosen."""
    rest = [block for component in components for block in component]
    given: list[Given] = []
    free = list(candidates)
    for _ in range(max_parts):
        offers = [units_given(rest, node) for node in free]
        gains = [sum(units for _, units in each) for each in offers]
        best = max(range(len(free)), key=lambda n: gains[n], default=0)
        if not free or not gains[best]:
            break
        node = free.pop(best)
        given += [(block, node, units) for block, units in offers[best]]
        rest = blocks_left(rest, offers[best])
    return given


def units_given(blocks: Sequence[NeededBlock], node: Candidate) -> list[tuple[NeededBlock, int]]:
    """What the node gives, block after block, of one common stock per SKU."""
    left = dict(node.stock)
    found = []
    for block in blocks:
        if units := block.fits(left, node.id):
            found.append((block, units))
            taken = block.need if block.whole else {block.sku: units}
            for sku, quantity in taken.items():
                left[sku] -= quantity
    return found


def blocks_left(
    blocks: Sequence[NeededBlock], given: Sequence[tuple[NeededBlock, int]]
) -> list[NeededBlock]:
    """What is left of the blocks; `lines` keep their quantities, they are shared out later."""
    taken = {id(block): units for block, units in given}
    found = []
    for block in blocks:
        left = block.units - taken.get(id(block), 0)
        if left == block.units:
            found.append(block)
        elif left:
            found.append(replace(block, units=left, need={block.sku: left}))
    return found


def shortlist(
    candidates: Sequence[Candidate],
    components: Sequence[Component],
    wanted: Sequence[int],
    most: int,
) -> list[Candidate]:
    """The first `most`, unless they lack something that another has: then first, for the scarcest
    component first, the best that fill its need. Best first again at the end.
    """
    chosen = list(candidates[:most])
    if len(candidates) <= most or _lacking(chosen, components, wanted) is None:
        return chosen
    picked: dict[str, Candidate] = {}
    while (
        len(picked) < most and (c := _lacking([*picked.values()], components, wanted)) is not None
    ):
        more = _filler(components[c], [each for each in candidates if each.id not in picked])
        if more is None:
            break
        picked[more.id] = more
    for each in candidates:
        if len(picked) < most:
            picked.setdefault(each.id, each)
    return sorted(picked.values(), key=lambda each: each.key)


def gives(component: Component, nodes: Sequence[Candidate]) -> int:
    """Units that the nodes have of a component: the most there can be, for up to 12 nodes."""
    if len(component) == 1:
        block = component[0]
        if block.whole:
            return max((block.fits(node.stock, node.id) for node in nodes), default=0)
        given = 0  # it looks at no more nodes than it needs
        for node in nodes:
            if node.id not in block.excluded and given < block.units:
                given += node.stock.get(block.sku, 0)
        return min(given, block.units)
    stocks = [(node.id, dict(node.stock)) for node in nodes]
    found = sum(_handed_out(block, stocks) for block in component)
    if found == sum(block.units for block in component) or len(nodes) > MAX_CANDIDATES:
        return found
    all_ways = options(component, [(n, c.id, c.stock) for n, c in enumerate(nodes)], MAX_WAYS)
    return max(found, all_ways.units)


def _handed_out(block: NeededBlock, stocks: Sequence[tuple[str, dict[str, int]]]) -> int:
    """Units of one block, taken from the stocks."""
    given = 0
    for id, stock in stocks:
        units = min(block.fits(stock, id), block.units - given)
        for sku, need in block.need.items() if units else ():
            stock[sku] -= need if block.whole else units
        given += units
    return given


def _lacking(
    chosen: Sequence[Candidate], components: Sequence[Component], wanted: Sequence[int]
) -> int | None:
    """The first component of which the chosen have too little; the scarcest come first."""
    return next((c for c, each in enumerate(components) if gives(each, chosen) < wanted[c]), None)


def _filler(component: Component, free: Sequence[Candidate]) -> Candidate | None:
    """The first that has all of it, else the one that has most."""
    held = [sum(units for _, units in units_given(component, node)) for node in free]
    best = max(range(len(free)), key=lambda n: held[n], default=0)
    return free[best] if free and held[best] else None
