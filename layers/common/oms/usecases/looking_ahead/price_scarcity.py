"""Compute scarcity prices anew and publish them as one object.

Runs on a schedule. Safe to repeat: prices follow from what is there, and of two runs at once one
publishes. While it does not run, prices grow old and sourcing goes back to plain cost.

However large the network, a run ends in time: stock is read for the most frequent kinds of orders
first, for half of the time; prices are improved until little is left, and what was reached by then
is published.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from ...domain.errors import LostRace
from ...domain.model.network import Network
from ...domain.publishing.price_line import key_of, line_of
from ...domain.sourcing.forecast import Horizon, OrderKind, forecast
from ...domain.sourcing.scarcity import HOLDS_S, ScarcityPrices, fitting
from ...domain.sourcing.scarcity_problem import ScarcityProblem, priced_problem
from ...domain.stock.availability import without_stale_feeds
from ...ports import Availability, ConfigReader
from .deps import LookingAhead

AT_ONCE = 100  # SKUs that are read together
RESERVE_S = 15  # kept to publish


@dataclass(frozen=True, slots=True)
class ScarcityRun:
    """`kinds` of orders expected, of `skus`, of which `unread` there was no time for; `rounds` of
    improving; how many `prices` are above 0; `published`: not lost to another run.
    """

    version: int
    kinds: int
    skus: int
    prices: int
    published: bool
    rounds: int = 0
    unread: int = 0

    @property
    def summary(self) -> dict[str, Any]:
        return asdict(self)


def price_scarcity(
    horizon: Horizon, *, left_s: Callable[[], float], deps: LookingAhead
) -> ScarcityRun:
    """`left_s`: seconds until the run is cut off."""
    half, now, config = left_s() // 2, deps.now, deps.config
    expected = forecast(deps.history.ordered(now, horizon.back_days), horizon)
    skus = list(dict.fromkeys(sku for kind in expected for sku, _ in kind.lines))
    last = deps.scarcity.last()
    network, read = _network(skus, deps.stock, config, lambda: left_s() > half)
    known = _of(expected, read)
    weights = {sku: product.weight_g for sku, product in config.products(sorted(read)).items()}
    scene = ScarcityProblem(without_stale_feeds(network, now), config.services(), weights)
    found = priced_problem(known, scene, last.prices if last else {}, lambda: left_s() > RESERVE_S)
    version = last.version + 1 if last else 1
    prices = ScarcityPrices(version, now, now + HOLDS_S, fitting(found.prices))
    published = False
    with suppress(LostRace):
        deps.scarcity.publish(prices)
        # for replays; a version without is passed over
        deps.lake.put(key_of(prices), [line_of(prices)])
        published = True
    unread = len(skus) - len(read)
    count = len(prices.prices)
    return ScarcityRun(version, len(expected), len(skus), count, published, found.rounds, unread)


def _network(
    skus: list[str], stock: Availability, config: ConfigReader, more: Callable[[], bool]
) -> tuple[Network, set[str]]:
    """Stock of the SKUs that there is time to read, the first ones at least; which they are."""
    nodes = config.every_node()
    network, read = Network(nodes, {}), set[str]()
    for first in range(0, len(skus), AT_ONCE):
        if first and not more():
            break
        some = skus[first : first + AT_ONCE]
        found = stock.network(some, nodes, consistent=False)
        network = replace(
            network,
            available={**network.available, **found.available},
            waiting={**network.waiting, **found.waiting},
            on_hand={**network.on_hand, **found.on_hand},
            fed_at={**network.fed_at, **found.fed_at},
        )
        read.update(some)
    return network, read


def _of(expected: Mapping[OrderKind, int], read: set[str]) -> dict[OrderKind, int]:
    """The kinds of which all stock was read."""
    return {
        kind: times for kind, times in expected.items() if all(sku in read for sku, _ in kind.lines)
    }
