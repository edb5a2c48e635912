"""What is kept: tables, and the executions that wait."""

from __future__ import annotations

import os
import time
from functools import cached_property
from typing import TYPE_CHECKING

from .base import Base

if TYPE_CHECKING:
    from ..stores.cases.store import CaseStore
    from ..stores.config.reports import ReportStore
    from ..stores.config.rules import RuleStore
    from ..stores.config.scarcity import ScarcityStore
    from ..stores.config.store import ConfigStore
    from ..stores.counts.store import CountSessionStore
    from ..stores.executions.workflows import StepFunctions
    from ..stores.goods.store import DigitalGoodsStore
    from ..stores.loads.store import LoadStore
    from ..stores.nodes.store import NodeStore
    from ..stores.orders.bindings import BindingStore
    from ..stores.orders.store import OrderStore
    from ..stores.reservations.store import ReservationStore
    from ..stores.sandbox.memory import DynamoMemory
    from ..stores.stock.backorders import BackorderStore
    from ..stores.stock.cases import StockCaseStore
    from ..stores.stock.feeds import StockFeedStore
    from ..stores.stock.store import StockStore
    from ..stores.supply.store import SupplyStore


class Stores(Base):
    @cached_property
    def orders(self) -> OrderStore:
        from ..stores.orders.store import OrderStore

        return OrderStore(self.table("ORDERS_TABLE"))

    @property
    def quote_budget_s(self) -> float:
        """What a quote may wait for its inputs before it answers without them."""
        return int(self.env("QUOTE_BUDGET_MS")) / 1000

    @cached_property
    def nodes(self) -> NodeStore:
        from ..stores.nodes.store import NodeStore

        return NodeStore(self.table("ORDERS_TABLE"))

    @cached_property
    def stock(self) -> StockStore:
        from ..stores.stock.store import StockStore

        return StockStore(self.table("STOCK_TABLE"))

    @cached_property
    def feeds(self) -> StockFeedStore:
        from ..stores.stock.feeds import StockFeedStore

        return StockFeedStore(self.stock)

    @cached_property
    def supplies(self) -> SupplyStore:
        from ..stores.supply.store import SupplyStore

        return SupplyStore(self.table("STOCK_TABLE"))

    @cached_property
    def count_sessions(self) -> CountSessionStore:
        from ..stores.counts.store import CountSessionStore

        return CountSessionStore(self.table("STOCK_TABLE"))

    @cached_property
    def goods(self) -> DigitalGoodsStore:
        from ..stores.dynamo.ranges import RangeTable
        from ..stores.goods.store import DigitalGoodsStore

        return DigitalGoodsStore(RangeTable(self.client("dynamodb"), self.env("GOODS_TABLE")))

    @cached_property
    def loads(self) -> LoadStore:
        from ..stores.loads.store import LoadStore

        return LoadStore(self.table("STOCK_TABLE"))

    @cached_property
    def backorders(self) -> BackorderStore:
        from ..stores.stock.backorders import BackorderStore

        return BackorderStore(self.table("STOCK_TABLE"))

    @cached_property
    def bindings(self) -> BindingStore:
        from ..stores.orders.bindings import BindingStore

        return BindingStore(self.table("ORDERS_TABLE"))

    @cached_property
    def reservations(self) -> ReservationStore:
        from ..stores.reservations.store import ReservationStore

        return ReservationStore(self.table("ORDERS_TABLE"))

    @cached_property
    def cases(self) -> CaseStore:
        from ..stores.cases.store import CaseStore

        return CaseStore(self.table("ORDERS_TABLE"), self.table("STOCK_TABLE"))

    @cached_property
    def stock_cases(self) -> StockCaseStore:
        from ..stores.stock.cases import StockCaseStore

        return StockCaseStore(self.table("STOCK_TABLE"))

    @cached_property
    def config(self) -> ConfigStore:
        from ..domain.limits.sourcing import CONFIG_TTL_S
        from ..stores.config.store import ConfigStore

        ttl_s = int(os.environ.get("CONFIG_TTL_S", CONFIG_TTL_S))
        table = self.table("CONFIG_TABLE")
        return ConfigStore(table, time.monotonic, self._holidays, ttl_s)

    @cached_property
    def rules(self) -> RuleStore:
        from ..stores.config.rules import RuleStore

        return RuleStore(self.table("CONFIG_TABLE"))

    def _holidays(self, code: str, years: tuple[int, ...]) -> frozenset[str] | None:
        from ..gateways.holidays import holiday_dates

        return holiday_dates(code, years)

    @cached_property
    def scarcity(self) -> ScarcityStore:
        from ..stores.config.scarcity import ScarcityStore

        return ScarcityStore(self.table("CONFIG_TABLE"))

    @cached_property
    def reports(self) -> ReportStore:
        from ..stores.config.reports import ReportStore

        return ReportStore(self.table("CONFIG_TABLE"))

    @cached_property
    def sandbox(self) -> DynamoMemory:
        from ..stores.sandbox.memory import DynamoMemory

        return DynamoMemory(self.client("dynamodb"), self.env("SANDBOX_TABLE"))

    @cached_property
    def workflows(self) -> StepFunctions:
        from ..stores.executions.workflows import StepFunctions

        machines = {"order": "ORDER_MACHINE", "return": "RETURN_MACHINE"}
        arns = {k: os.environ[v] for k, v in machines.items() if v in os.environ}
        return StepFunctions(self.client("stepfunctions"), arns)
