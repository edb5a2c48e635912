"""Write the master data and the first stock into a running stack, in a second or two.

Configuration has no public interface: it is written as an administrator would, into the table.
Stock is booked by the use case behind `POST /stock/receipts`. Loading again changes nothing.
"""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from local.seed.carriers import TARIFF, services
from local.seed.channels import CHANNELS, RULES
from local.seed.network import NODES
from local.seed.on_the_way import announce
from local.seed.products import DIGITAL, KITS, PRODUCTS
from local.seed.secrets import SECRETS
from local.seed.stock import STOCK
from local.seed.suppliers import SUPPLIERS, open_queue
from local.stack import Stack
from oms.domain.model.product import Product
from oms.domain.model.safety import SafetyRule
from oms.domain.steering.rule_version import RulesText
from oms.gateways.carriers import rates
from oms.gateways.holidays import holiday_dates
from oms.stores.config import keys
from oms.stores.config.rules import RuleStore
from oms.stores.config.store import ConfigStore
from oms.stores.dynamo.codec import encode
from oms.stores.dynamo.table import Table
from oms.stores.stock.cases import StockCaseStore
from oms.stores.stock.feeds import StockFeedStore
from oms.stores.stock.store import StockStore
from oms.usecases.steering.activate_rules import activate_rules
from oms.usecases.steering.deps import Steering
from oms.usecases.steering.draft_rules import draft_rules
from oms.usecases.steering.validate_rules import validate_rules
from oms.usecases.stocking.deps import Stocking
from oms.usecases.stocking.receive_stock import receive_stock
from oms.usecases.stocking.reports import StockReceipt

PARALLEL = 8


@dataclass(frozen=True, slots=True)
class Loader:
    """Writes with all rights, around the public interfaces."""

    config: ConfigStore
    stock: StockStore
    rules: RuleStore

    @classmethod
    def of(cls, stack: Stack) -> Loader:
        client = stack.client("dynamodb")
        config = Table(client, stack.physical("ConfigTable"))
        return cls(
            ConfigStore(config, time.monotonic),
            StockStore(Table(client, stack.physical("StockTable"))),
            RuleStore(config),
        )

    def product(self, product: Product) -> None:
        """Raises ValidationFailed for a kit of what is no product, or is a kit."""
        self.config.put_product(product)

    def safety(self, *more: SafetyRule) -> None:
        """What every node keeps back, beside what is configured."""
        row = self.config.table.get(keys.SAFETY, keys.ACTIVE) or {}
        self.config.put(keys.SAFETY, {"rules": [*row.get("rules", ()), *map(encode, more)]})

    def settings(self) -> None:
        """Channels, network, rules, suppliers, carrier."""
        rates.check(TARIFF)
        for channel in CHANNELS:
            self.config.put(f"CHANNEL#{channel.id}", channel)
        for node in NODES:
            self.config.put_node(node)
        codes = {code for node in NODES for code in (node.holidays, node.address.country)}
        years = (datetime.now(UTC).year, datetime.now(UTC).year + 1)
        self.config.put(
            "CALENDARS", {c: sorted(holiday_dates(c, years) or ()) for c in sorted(codes)}
        )
        for supplier in SUPPLIERS:
            self.config.put(f"SUPPLIER#{supplier.id}", supplier)
        self.config.put("CARRIER#tariff", TARIFF)
        self.config.put("CARRIERS", {"services": [encode(each) for each in services(TARIFF)]})
        for profile, rules in RULES.items():
            self.steer(profile, rules)

    def steer(self, profile: str, rules: dict[str, Any]) -> None:
        """The first version of a profile; one that was activated since stays."""
        if self.rules.active(profile):
            return
        deps = Steering(self.rules, self.config, self.stock, int(time.time()))
        text = RulesText(json.dumps(rules), "the demo's first rules")
        draft = draft_rules(profile, text, actor="seed", deps=deps)
        validate_rules(profile, draft.number, actor="seed", deps=deps)
        activate_rules(profile, draft.number, actor="seed", deps=deps)

    def receive(self, sku: str, node: str, quantity: int) -> None:
        """The first stock of a SKU at a node; booked once however often this is called."""
        table = self.stock.table
        deps = Stocking(
            stock=self.stock,
            feeds=StockFeedStore(self.stock),
            cases=StockCaseStore(table),
            config=self.config,
            now=int(time.time()),
        )
        receive_stock(StockReceipt(f"seed:{sku}", sku, node, quantity, "seed"), "seed", deps)


def load(stack: Stack) -> Loader:
    """Everything the demo needs."""
    loader = Loader.of(stack)
    keep_secrets(stack)
    loader.settings()
    open_queue(stack, loader.config)
    first = [(sku, node, count) for sku, at in STOCK.items() for node, count in at.items()]
    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(loader.product, (*PRODUCTS, *DIGITAL)))
        list(pool.map(loader.product, KITS))
        list(pool.map(lambda row: loader.receive(*row), first))
    announce(loader.stock.table, loader.config)
    return loader


def keep_secrets(stack: Stack) -> None:
    stack.client("secretsmanager").put_secret_value(
        SecretId=stack.physical("Secrets"), SecretString=json.dumps(SECRETS)
    )
