"""Which few of many candidates a set is sought among: the best, and whoever is indispensable."""

from __future__ import annotations

from collections.abc import Sequence

from ..limits.sourcing import MAX_CANDIDATES, MAX_WAYS
from .candidate import Candidate
from .greedy import units_given
from .need import Component, NeededBlock
from .options import options


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
        return _given(block, nodes)
    stocks = [(node.id, dict(node.stock)) for node in nodes]
    found = sum(_handed_out(block, stocks) for block in component)
    if found == sum(block.units for block in component) or len(nodes) > MAX_CANDIDATES:
        return found
    all_ways = options(component, [(n, c.id, c.stock) for n, c in enumerate(nodes)], MAX_WAYS)
    return max(found, all_ways.units)


def _given(block: NeededBlock, nodes: Sequence[Candidate]) -> int:
    """Units of one SKU: asked of so many nodes and lines that it looks at no more than it needs."""
    sku, excluded, given = block.sku, block.excluded, 0
    for node in nodes:
        if not excluded or node.id not in excluded:
            given += node.stock.get(sku, 0)
            if given >= block.units:
                return block.units
    return given


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
