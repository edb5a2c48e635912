"""GREEDY: when no small set serves everything, node after node the one that serves most.

Ties go to the better candidate. Units served come before the criteria here: this runs only when
something would stay unfilled or the candidates are many, and the parts are limited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .candidate import Candidate
from .need import Component, NeededBlock

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
