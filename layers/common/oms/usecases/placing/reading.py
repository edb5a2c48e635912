"""What planning an order reads, and the planning that every use case of it does."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...domain import limits
from ...domain.orders.order import Order, Snapshot
from ...domain.promising.backorder import backorder_promise
from ...domain.promising.work_day import days_ahead, without_booked_out
from ...domain.sourcing.network import Network, Node
from ...domain.sourcing.outlook import with_outlook
from ...domain.sourcing.plan import Demand, LineUnits, Plan, Promise
from ...domain.sourcing.rules import Channel, SourcingRules
from ...domain.sourcing.source import source
from ...domain.stock.availability import fresh
from ...ports import ConfigReader, Stock


@dataclass(frozen=True, slots=True)
class Reading:
    """What planning an order reads: policy, network, stock."""

    stock: Stock
    config: ConfigReader
    channel: Channel
    nodes: tuple[Node, ...]
    now: int
    actor: str = "sourcing"  # who claims the stock

    def network(self, snapshot: Snapshot, *, consistent: bool, first_part: int = 1) -> Network:
        skus = [line.sku for line in snapshot.lines]
        days = days_ahead(self.nodes, self.now, snapshot.day)
        found = self.stock.network(
            skus,
            self.nodes,
            consistent=consistent,
            order_id=snapshot.id,
            first_part=first_part,
            cart=snapshot.reservation,
            days=days,
        )
        country = snapshot.ship_to.country if snapshot.ship_to else ""
        holidays = self.config.holidays(self.nodes, country, self.now)
        products = self.config.products(skus)
        categories = {sku: product.category for sku, product in products.items()}
        known = replace(found, holidays=holidays, categories=categories)
        known = fresh(without_booked_out(known, days), self.now)
        return with_outlook(known, self.config.outlook(), products, self.now)

    def plan(self, order: Order, lines: LineUnits, network: Network) -> Plan:
        """For the day that was named; once the order is accepted, late is better than never."""
        rules = self.config.rules(self.channel.profile)
        demand = order.demand(lines, rules.most_parts, self.now)
        plan = self._sourced(demand, network, rules, order.next_part)
        if plan.unfilled and demand.day and order.state.version:
            plan = self._sourced(replace(demand, day=""), network, rules, order.next_part)
        return plan

    def _sourced(
        self, demand: Demand, network: Network, rules: SourcingRules, first_part: int
    ) -> Plan:
        return source(
            demand, network, rules, self.config.services(), self.now, first_part=first_part
        )

    def later(self, order: Order, missing: LineUnits, network: Network) -> Promise | None:
        """When the missing units could be had."""
        demand = order.demand(missing, limits.MAX_PARTS)
        units = order.snapshot.per_sku(missing)
        return backorder_promise(network, demand, units, self.config.services(), self.now)
