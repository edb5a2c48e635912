"""All ways in which a component's units can come from a few nodes, as many units as can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .need import Component, NeededBlock

Left = dict[tuple[str, int], int]  # (SKU, node index) → units still there
Gift = tuple[int, int, int]  # block index, node index, units


@dataclass(frozen=True, slots=True)
class Options:
    """`ways` all give `units`; not `exact`: they were too many, one of them stands for all."""

    units: int
    ways: tuple[tuple[Gift, ...], ...]
    exact: bool = True


def options(
    component: Component,
    nodes: Sequence[tuple[int, str, Mapping[str, int]]],
    most_ways: int,
) -> Options:
    """`nodes`: (index, id, stock), the best first; ways that give to the first come first."""
    skus = {sku for block in component for sku in block.need}
    left = {(sku, n): stock[sku] for n, _, stock in nodes for sku in skus if sku in stock}
    found: list[tuple[Gift, ...]] = []
    best = -1
    for tried, (units, way) in enumerate(_ways(component, 0, nodes, left)):
        if tried == most_ways:
            return Options(best, tuple(found[:1]), exact=False)
        if units > best:
            best, found = units, []
        if units == best:
            found.append(way)
    return Options(best, tuple(found))


def _ways(
    component: Component,
    at: int,
    nodes: Sequence[tuple[int, str, Mapping[str, int]]],
    left: Left,
) -> Iterator[tuple[int, tuple[Gift, ...]]]:
    if at == len(component):
        yield 0, ()
        return
    block = component[at]
    open_to = [n for n, id, _ in nodes if id not in block.excluded]
    last = at == len(component) - 1
    gifts = (
        _whole(block, at, open_to, left, last)
        if block.whole
        else _loose(block, at, open_to, left, last)
    )
    for way in gifts:
        for _, n, units in way:
            _take(block, n, units, left)
        for more, rest in _ways(component, at + 1, nodes, left):
            yield more + sum(units for _, _, units in way), (*way, *rest)
        for _, n, units in way:
            _take(block, n, -units, left)


def _whole(
    block: NeededBlock, at: int, open_to: Sequence[int], left: Left, last: bool
) -> Iterator[tuple[Gift, ...]]:
    """From one of the nodes. From none where another block may then have more."""
    found = False
    for n in open_to:
        if all(left.get((sku, n), 0) >= units for sku, units in block.need.items()):
            found = True
            yield ((at, n, block.units),)
    if not (found and last):
        yield ()


def _loose(
    block: NeededBlock, at: int, open_to: Sequence[int], left: Left, last: bool
) -> Iterator[tuple[Gift, ...]]:
    """Every division of as many units as there are, and of fewer where another block may take
    their place; the first nodes give most first.
    """
    held = [(n, left[block.sku, n]) for n in open_to if left.get((block.sku, n))]
    most = min(block.units, sum(units for _, units in held))
    for total in range(most, most - 1 if last else -1, -1):
        yield from _divided(at, held, total)


def _divided(at: int, held: Sequence[tuple[int, int]], total: int) -> Iterator[tuple[Gift, ...]]:
    if not total:
        yield ()
        return
    (n, units), rest = held[0], held[1:]
    others = sum(more for _, more in rest)
    for give in range(min(units, total), max(0, total - others) - 1, -1):
        for way in _divided(at, rest, total - give):
            yield ((at, n, give), *way) if give else way


def _take(block: NeededBlock, n: int, units: int, left: Left) -> None:
    """Negative units give back."""
    if not block.whole:
        left[block.sku, n] -= units
        return
    sign = 1 if units > 0 else -1
    for sku, need in block.need.items():
        left[sku, n] -= sign * need
