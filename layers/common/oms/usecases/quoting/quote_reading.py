"""What a quote reads, each round within the time there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace

from ...domain.model.network import Network
from ...domain.promising.work_day import days_ahead
from ...domain.quoting.delivery_questions import QuoteContext
from ...domain.quoting.doubt import skus_read_rounded, skus_to_read_exactly
from ...domain.quoting.quote import QuoteRequest
from ...domain.reserving.reservation import HeldUnits
from ...domain.sourcing.outlook import with_outlook
from ...domain.stock.availability import without_stale_feeds
from ..sourcing.reading import looked_further, products_with_components
from .deps import UNREADABLE, Quoting


@dataclass(frozen=True, slots=True)
class QuoteReading:
    deps: Quoting

    def setting(self, request: QuoteRequest) -> QuoteContext:
        """All that is configured, in one round trip when nothing is cached."""
        skus = [line.sku for line in request.lines]
        config = self.deps.config
        config.warm(request.channel, skus)
        channel = config.channel(request.channel)
        nodes = config.nodes(channel)
        holidays = config.holidays(nodes, request.country, self.deps.now)
        calendars = {node.holidays or node.address.country for node in nodes} | {request.country}
        return QuoteContext(
            channel,
            nodes,
            config.services(),
            config.rules(channel.profile),
            config.products(skus),
            holidays,
            unknown_holidays=not (calendars - {""} <= set(holidays)),
            outlook=config.outlook(),
        )

    def with_products(self, setting: QuoteContext, skus: Sequence[str]) -> QuoteContext:
        found = self.deps.in_time(lambda: products_with_components(skus, self.deps.config))
        return replace(setting, products={**setting.products, **found})

    def stock_of(
        self, skus: Sequence[str], request: QuoteRequest, setting: QuoteContext
    ) -> Network:
        """As the rows say, in one round trip, rounded where that may be enough."""
        return self.deps.in_time(lambda: self._read(skus, request, setting))

    def network(
        self, read: Network, wanted: Mapping[str, int], request: QuoteRequest, setting: QuoteContext
    ) -> Network:
        """What `read` means for `wanted` (SKU → units); one more round trip where the exact numbers
        may say something else. If that is late, what is there for certain has to do.
        """
        days = self._days(request, setting)
        network = self._known(read, setting, days)
        if unsure := sorted(skus_to_read_exactly(network, wanted, setting.rules)):
            with suppress(*UNREADABLE):
                exact = self.deps.in_time(
                    lambda: self.deps.stock.network(unsure, setting.nodes, consistent=False)
                )
                network = self._known(read.merged_with(exact), setting, days)
        return network

    def _days(self, request: QuoteRequest, setting: QuoteContext) -> tuple[str, ...]:
        return days_ahead(setting.nodes, self.deps.now, request.day)

    def _read(self, skus: Sequence[str], request: QuoteRequest, setting: QuoteContext) -> Network:
        rough, days = skus_read_rounded(skus, setting), self._days(request, setting)
        with ThreadPoolExecutor(1) as pool:
            cart = pool.submit(self._held, request)
            found = self.deps.stock.network(
                skus, setting.nodes, consistent=False, days=days, rough=rough
            )
        return found.with_holds({(each.sku, each.node): each.quantity for each in cart.result()})

    def _held(self, request: QuoteRequest) -> tuple[HeldUnits, ...]:
        """Units that the cart holds already are there for it, as its own row says."""
        if not request.reservation or self.deps.reservations is None:
            return ()
        cart = self.deps.reservations.find(request.reservation)
        return cart.holds if cart and cart.usable(request.channel, self.deps.now) else ()

    def _known(self, read: Network, setting: QuoteContext, days: Sequence[str]) -> Network:
        categories = {sku: product.category for sku, product in setting.products.items()}
        known = replace(read, holidays=setting.holidays, categories=categories)
        known = looked_further(
            known,
            days,
            self.deps.now,
            lambda more: self.deps.in_time(lambda: self.deps.stock.load(more, consistent=False)),
        )
        return with_outlook(
            without_stale_feeds(known, self.deps.now),
            setting.outlook,
            setting.products,
            self.deps.now,
        )
