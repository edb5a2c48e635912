"""What planning an order reads, and the planning that every use case of it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ...domain.limits.orders import MAX_PARTS
from ...domain.model.channel import Channel
from ...domain.model.kits import components_in
from ...domain.model.network import Load, Network
from ...domain.model.node import Node
from ...domain.model.order import Order, OrderSnapshot
from ...domain.model.plan import Plan
from ...domain.model.product import Product
from ...domain.model.promise import Promise
from ...domain.model.units import LineUnits
from ...domain.orders.digital import plan_with_digital_part
from ...domain.promising.work_day import days_ahead, full_nodes, further_days, with_load
from ...domain.quoting.backorder import backorder_promise
from ...domain.sourcing.outlook import with_outlook
from ...domain.sourcing.source import source
from ...domain.stock.availability import without_stale_feeds
from ...ports import ConfigReader, Stock


@dataclass(frozen=True, slots=True)
class Conflict:
    """What refused a claim: (SKU, node)s with too little, (node, ISO date)s that are full."""

    places: frozenset[tuple[str, str]] = frozenset()
    days: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """What planning an order reads: policy, network, stock."""

    stock: Stock
    config: ConfigReader
    channel: Channel
    nodes: tuple[Node, ...]
    now: int
    actor: str = "sourcing"  # who claims the stock

    def network(self, snapshot: OrderSnapshot, *, consistent: bool, first_part: int = 1) -> Network:
        found = self.stocked(snapshot, consistent=consistent, first_part=first_part)
        return self.configured(found, snapshot, consistent=consistent, first_part=first_part)

    def stocked(self, snapshot: OrderSnapshot, *, consistent: bool, first_part: int = 1) -> Network:
        """As the stock's rows say; configuration is read by `configured`."""
        if not (skus := _skus(snapshot)):
            return Network(self.nodes, {})
        return self.stock.availability.network(
            skus,
            self.nodes,
            consistent=consistent,
            order_id=snapshot.id,
            first_part=first_part,
            cart=snapshot.reservation,
            days=days_ahead(self.nodes, self.now, snapshot.day),
        )

    def configured(
        self, found: Network, snapshot: OrderSnapshot, *, consistent: bool, first_part: int = 1
    ) -> Network:
        days = days_ahead(self.nodes, self.now, snapshot.day)
        country = snapshot.ship_to.country if snapshot.ship_to else ""
        holidays = self.config.holidays(self.nodes, country, self.now)
        products = self.config.products(_skus(snapshot))
        categories = {sku: product.category for sku, product in products.items()}
        known = replace(found, holidays=holidays, categories=categories)
        read = partial(
            self.stock.availability.load,
            consistent=consistent,
            order_id=snapshot.id,
            first_part=first_part,
        )
        known = looked_further(known, days, self.now, read)
        return with_outlook(
            without_stale_feeds(known, self.now), self.config.outlook(), products, self.now
        )

    def refreshed(
        self, network: Network, conflict: Conflict, snapshot: OrderSnapshot, *, first_part: int = 1
    ) -> Network:
        """What was known, with what refused as it is now."""
        found = self.stock.refresher.refresh(
            network,
            conflict.places,
            conflict.days,
            order_id=snapshot.id,
            first_part=first_part,
            cart=snapshot.reservation,
        )
        return without_stale_feeds(found, self.now)

    def calendar_of(self, node: Node, order: Order, *, first_part: int) -> Network:
        """Holidays and load of one node: when it works, and on which days it has room."""
        days = days_ahead((node,), self.now)
        read = partial(
            self.stock.availability.load, consistent=True, order_id=order.id, first_part=first_part
        )
        holidays = self.config.holidays((node,), "", self.now)
        known = Network((node,), {}, load=read(days), holidays=holidays)
        return looked_further(known, days, self.now, read)

    def plan(self, order: Order, lines: LineUnits, network: Network) -> Plan:
        """For the day that was named; once the order is accepted, late is better than never.

        Digital lines are a part of their own.
        """
        rules, services = self.config.rules(self.channel.profile), self.config.services()
        first_part = order.next_part
        demand = order.demand(lines, rules.most_parts, self.now)
        plan = source(demand, network, rules, services, self.now, first_part)
        if plan.unfilled and demand.day and order.state.version:
            any_day = replace(demand, day="")
            plan = source(any_day, network, rules, services, self.now, first_part)
        digital = order.snapshot.digital(lines)
        if not digital:
            return plan
        return plan_with_digital_part(plan, order.snapshot, digital, self.now, first_part)

    def later(self, order: Order, missing: LineUnits, network: Network) -> Promise | None:
        """When the missing units could be had."""
        demand = order.demand(missing, MAX_PARTS)
        units = order.snapshot.per_sku(missing)
        return backorder_promise(network, demand, units, self.config.services(), self.now)


def looked_further(
    network: Network, days: Sequence[str], now: int, read: Callable[[Sequence[str]], Load]
) -> Network:
    """Where a node is full on all days that were read, more are. Full on those as well, it takes
    no new work: what lies beyond is not known. `read` is asked only where it matters.
    """
    more = further_days(network, days, now)
    if not more:
        return network
    known = with_load(network, read(more))
    return replace(known, booked_out=full_nodes(known, [*days, *more]))


def _skus(snapshot: OrderSnapshot) -> list[str]:
    return [line.sku for line in snapshot.lines if not line.digital]


def with_components(products: Mapping[str, Product], config: ConfigReader) -> dict[str, Product]:
    """Unknown ones are absent. Only a basket with a kit takes a read, where not cached."""
    more = sorted(components_in(products.values()) - set(products))
    return {**products, **config.products(more)} if more else dict(products)


def products_with_components(skus: Iterable[str], config: ConfigReader) -> dict[str, Product]:
    """One after the other, where nobody waits for it."""
    return with_components(config.products(skus), config)
