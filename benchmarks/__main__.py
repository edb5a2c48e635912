"""Measure and print. Exits with 1, after all figures, when one is over its bound; with 2 when there
is no figure of the name.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial

from benchmarks import (
    big_feed,
    buyers,
    feed,
    hot,
    imports,
    lookahead,
    order,
    quote,
    replay,
    round_trips,
    scarcity_time,
    sourcing_time,
)
from benchmarks.figure import Figure
from benchmarks.world import MeteredWorld, metered_world

# In this order: the first POST of the world is the cold one.
ON_THE_STACK: dict[str, Callable[[MeteredWorld], Iterator[Figure]]] = {
    "post_orders.": round_trips.post_orders,
    "availability.": round_trips.availability,
    "quote.": quote.quote,
    "order.": order.order,
    "feed.": feed.feed,
    "buyers.": buyers.buyers,
}
ALONE: dict[str, Callable[[], Iterator[Figure]]] = {
    "import_ratio.": imports.import_ratio,
    "feed.500k.": big_feed.big_feed,
    "hot.": hot.hot,
    "sourcing.us_per_order": lookahead.us_per_order,
    "sourcing.p75.": lookahead.p75,
    "sourcing.p50.": lookahead.p50,
    "sourcing.big.": lookahead.big,
    "quote.cpu_ms.": quote.cpu,
    "sourcing.p99_ms.": sourcing_time.sourcing_time,
    "scarcity.": scarcity_time.scarcity_time,
    "replay.": replay.replay,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--only", metavar="PREFIX", default="", help="figures of this name only")
    parser.add_argument("--explain", action="store_true", help="tell on stderr what an order does")
    given = parser.parse_args(arguments)
    if given.explain:
        ON_THE_STACK["order."] = partial(order.order, explain=True)
    over, none = [], True
    for figure in figures(given.only):
        print(figure, flush=True)
        none = False
        if not figure.good:
            over.append(figure)
    for figure in over:
        print(figure.excess, file=sys.stderr)
    if none:
        print(f"no figure's name begins with {given.only!r}", file=sys.stderr)
        return 2
    return 1 if over else 0


def figures(only: str) -> Iterator[Figure]:
    """Those whose name begins with `only`; programs that have none of them do not run."""
    with ExitStack() as opened:
        stack: MeteredWorld | None = None
        for prefix, on_the_stack in ON_THE_STACK.items():
            if wanted(prefix, only):
                stack = stack or opened.enter_context(metered_world())
                yield from (f for f in on_the_stack(stack) if f.name.startswith(only))
    for prefix, alone in ALONE.items():
        if wanted(prefix, only):
            yield from (f for f in alone() if f.name.startswith(only))


def wanted(prefix: str, only: str) -> bool:
    return prefix.startswith(only) or only.startswith(prefix)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
