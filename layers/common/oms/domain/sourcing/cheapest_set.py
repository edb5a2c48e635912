"""The set of nodes that serves a basket at the least total cost, exactly.

A node costs `opening` once it ships anything and `columns[node][line]` for each line it gives;
each line comes from one node. All in one unit, as integers; `NEVER` says that a node cannot give
a line. The best sets of 1, 2, … nodes are tried until no larger one can be cheaper: even if each
line came from its cheapest node. With a box that costs more than the lines differ by, as parcels
do, that ends after pairs for nearly all baskets, however many nodes there are.
"""

from __future__ import annotations

from collections.abc import Sequence

NEVER = 10**15

Cost = int
# nodes in ascending order, what each line costs from the cheapest of them, what they cost to open
_Set = tuple[tuple[int, ...], Sequence[Cost], Cost]


def cheapest_set(
    opening: Sequence[Cost], columns: Sequence[Sequence[Cost]]
) -> tuple[Cost, tuple[int, ...]]:
    """(total cost, the nodes of the cheapest set); the first of equals, smaller sets first.

    A total of `NEVER` or more: there is a line that no node can give.
    """
    floor = sum(map(min, *columns)) if len(columns) > 1 else sum(columns[0])
    alone = [cost + sum(column) for cost, column in zip(opening, columns, strict=True)]
    best = min(alone)
    chosen: tuple[int, ...] = (alone.index(best),)
    largest = min(len(columns), len(columns[0]))
    boxes = sorted(opening)
    sets: list[_Set] | None = None
    for size in range(2, largest + 1):
        if sum(boxes[:size]) + floor >= best:
            break
        sets = sets or [((k,), column, opening[k]) for k, column in enumerate(columns)]
        grow = size < largest and sum(boxes[: size + 1]) + floor < best
        sets, best, chosen = _larger(sets, opening, columns, best - floor, (best, chosen), grow)
    return best, chosen


def _larger(
    sets: Sequence[_Set],
    opening: Sequence[Cost],
    columns: Sequence[Sequence[Cost]],
    room: Cost,
    found: tuple[Cost, tuple[int, ...]],
    grow: bool,
) -> tuple[list[_Set], Cost, tuple[int, ...]]:
    """The best after looking at each set with one more node; those sets, if they shall `grow`.

    A set that costs `room` to open cannot be the best, nor can one that contains it.
    """
    best, chosen = found
    larger: list[_Set] = []
    for nodes, lines, opened in sets:
        for k in range(nodes[-1] + 1, len(columns)):
            boxes = opened + opening[k]
            if boxes >= room:
                continue
            total = boxes + sum(map(min, lines, columns[k]))
            if total < best:
                best, chosen = total, (*nodes, k)
            if grow:
                larger.append(((*nodes, k), list(map(min, lines, columns[k])), boxes))
    return larger, best, chosen


def givers(columns: Sequence[Sequence[Cost]], nodes: Sequence[int]) -> list[int]:
    """For each line the node of the set that gives it."""
    if len(nodes) == 1:
        return [nodes[0]] * len(columns[0])
    return [min(nodes, key=lambda k: columns[k][line]) for line in range(len(columns[0]))]
