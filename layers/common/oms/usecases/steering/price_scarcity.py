"""Compute scarcity prices anew and publish them as one object.

Runs on a schedule. Safe to repeat: prices follow from what is there, and of two runs at once one
publishes. While it does not run, prices grow old and sourcing goes back to plain cost.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from ...domain.errors import LostRace
from ...domain.sourcing.forecast import Horizon, forecast
from ...domain.sourcing.network import Network
from ...domain.sourcing.scarce import Scene, scarce
from ...domain.sourcing.scarcity import HOLDS_S, ScarcityPrices, fitting
from ...domain.stock.availability import fresh
from ...ports import ConfigReader, History, ScarcityBook, StockReader


@dataclass(frozen=True, slots=True)
class Priced:
    """`kinds` of orders expected, of `skus`; how many `prices` are above 0; `published`: not lost
    to another run.
    """

    version: int
    kinds: int
    skus: int
    prices: int
    published: bool

    @property
    def told(self) -> dict[str, Any]:
        return asdict(self)


def price_scarcity(
    horizon: Horizon,
    *,
    history: History,
    book: ScarcityBook,
    stock: StockReader,
    config: ConfigReader,
    now: int,
) -> Priced:
    expected = forecast(history.ordered(now, horizon.back_days), horizon)
    skus = sorted({sku for kind in expected for sku, _ in kind.lines})
    last = book.last()
    nodes = config.every_node()
    network = stock.network(skus, nodes, consistent=False) if skus else Network(nodes, {})
    weights = {sku: product.weight_g for sku, product in config.products(skus).items()}
    scene = Scene(fresh(network, now), config.services(), weights)
    found = scarce(expected, scene, last.prices if last else {})
    version = last.version + 1 if last else 1
    prices = ScarcityPrices(version, now, now + HOLDS_S, fitting(found))
    published = False
    with suppress(LostRace):
        book.publish(prices)
        published = True
    return Priced(version, len(expected), len(skus), len(prices.prices), published)
