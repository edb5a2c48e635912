"""A network with what is known beside its stock: signals, and prices that look ahead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ..model.network import Network
from ..model.product import Product
from ..model.signals import (
    AGE,
    HOLDS_S,
    NO_REPORTS,
    RATES_HOLD_S,
    REJECTED,
    SECONDS_A_DAY,
    SOLD,
    STALE,
    WEEK,
    Age,
    At,
    Reports,
    Sold,
)
from .scarcity import ScarcityPrices, looking_ahead

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is published for all decisions."""

    prices: ScarcityPrices | None = None
    reports: Reports = NO_REPORTS


NO_OUTLOOK = Outlook()


def with_outlook(
    network: Network, outlook: Outlook, products: Mapping[str, Product], now: int
) -> Network:
    """Signals that are too old are left out, and the decision says so; so are old prices."""
    reports, states = outlook.reports, dict[str, str]()
    reported, today = network.lately, now // SECONDS_A_DAY
    if reported and now >= reports.folded_at + HOLDS_S:
        reported = {}
        states |= {SOLD: STALE, AGE: STALE}
    rejected = reports.rejected
    if rejected is not None and now >= reports.rated_at + RATES_HOLD_S:
        rejected, states[REJECTED] = None, STALE
    sold = Sold(reported, today)
    known = replace(
        network.signals,
        sold=sold,
        age=Age(reported, today),
        markdown=Markdown(network, products, sold, today),
        rejected=rejected,
        states=states,
    )
    network = replace(network, signals=known)
    return looking_ahead(network, outlook.prices, now) if outlook.prices else network


@dataclass(frozen=True, slots=True)
class Markdown(Mapping[At, int]):
    """Permille of the price that a unit loses on average: what a product's markdown takes, of the
    share of the units that will still lie there by its date at the pace the node sells them.
    """

    network: Network
    products: Mapping[str, Product]
    sold: Mapping[At, int]
    today: int

    def __getitem__(self, at: At) -> int:
        product = self.products.get(at[0])
        units = self.network.available.get(at, 0)
        if product is None or not product.markdown or units <= 0:
            raise KeyError(at)
        left = max(0, _day(product.markdown_at) - self.today)
        remaining = max(0, units * WEEK - self.sold.get(at, 0) * left)
        return product.markdown * remaining // (units * WEEK)

    def __iter__(self) -> Iterator[At]:
        return (at for at in self.network.available if self.get(at) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _day(iso: str) -> int:
    """Its number since 1970; 0, long past, for none and for what is no date."""
    try:
        return (date.fromisoformat(iso) - EPOCH).days if iso else 0
    except ValueError:
        return 0
