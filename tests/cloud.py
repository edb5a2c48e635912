"""A small world for use-case tests: the real stores on moto, the simulators, fake workflows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from moto import mock_aws

from oms.domain.model.address import Address
from oms.domain.model.carriage import CarrierService
from oms.domain.model.channel import Channel
from oms.domain.model.node import DROP_SHIPPER, PICKUP, SHIP, STORE, WAREHOUSE, Node
from oms.domain.model.payment import PaymentMeans
from oms.domain.model.product import DOWNLOAD, GIFT_CARD, LICENCE_KEY, Product
from oms.gateways.payments.external import ExternalPayments
from oms.gateways.payments.simulator import SimulatedPayments
from oms.stores.config.store import ConfigStore
from oms.stores.dynamo.ranges import RangeTable
from oms.stores.dynamo.table import Table
from oms.stores.goods.store import DigitalGoodsStore
from oms.stores.nodes.store import NodeStore
from oms.stores.orders.bindings import BindingStore
from oms.stores.orders.store import OrderStore
from oms.stores.reservations.store import ReservationStore
from oms.stores.sandbox.memory import DynamoMemory
from oms.stores.stock import keys
from oms.stores.stock.backorders import BackorderStore
from oms.stores.stock.store import StockStore
from tests.dynamo import Dynamo

DAY_HOURS = dict.fromkeys(range(6), (("09:00", "19:00"),))
NOW = 1_795_508_400  # Tuesday 24 November 2026, 09:00 in Paris

INDEXES = {
    "by_customer": ("cu", "at"),
    "by_node": ("gn", "at"),
    "by_due": ("ds", "due"),
    "by_case": ("cq", "at"),
}

CASES = {"by_case": ("cq", "at")}


class AskedDigital:
    """The queue of the function `digital`."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def ask(self, order_id: str, number: int) -> None:
        self.asked.append((order_id, number))


@dataclass
class FakeWorkflows:
    """Remembers what was started and resumed; starting twice is one start."""

    started: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    resumed: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)  # ended without their work done
    restarted: list[str] = field(default_factory=list)

    def start(self, kind: str, name: str, input: Mapping[str, Any]) -> None:
        self.started.setdefault(f"{kind}:{name}", input)

    def restart(self, kind: str, name: str) -> bool:
        if f"{kind}:{name}" not in self.broken:
            return False
        self.broken.discard(f"{kind}:{name}")
        self.restarted.append(f"{kind}:{name}")
        return True

    def ended(self, kind: str, since: int) -> list[str]:
        return [each.partition(":")[2] for each in sorted(self.broken) if each.startswith(kind)]

    def resume(self, token: str, output: Mapping[str, Any]) -> None:
        self.resumed.setdefault(token, output)


class Gateways:
    def __init__(self, world: World) -> None:
        self.sandbox = SimulatedPayments(world.sandbox, lambda: world.now, "sandbox-secret")
        self.external = ExternalPayments()

    def of(self, means: PaymentMeans) -> Any:
        return self.external if means.kind == "external" else self.named(means.provider)

    def named(self, provider: str) -> Any:
        return self.external if provider == "external" else self.sandbox


@dataclass
class World:
    client: Any
    orders: OrderStore
    stock: StockStore
    config: ConfigStore
    sandbox: DynamoMemory
    reservations: ReservationStore
    backorders: BackorderStore
    nodes: NodeStore
    bindings: BindingStore
    workflows: FakeWorkflows = field(default_factory=FakeWorkflows)
    digital: AskedDigital = field(default_factory=AskedDigital)
    now: int = NOW

    def __post_init__(self) -> None:
        self.goods = DigitalGoodsStore(RangeTable(self.client, "Goods"))
        self.gateways = Gateways(self)


@contextmanager
def world(*, seeded: bool = True) -> Iterator[World]:
    """Tables as in template.yaml, the demo network in small unless not `seeded`, no stock."""
    with mock_aws():
        client = Dynamo(lambda: NOW)
        client.backend.tables = deepcopy(_tables(seeded))
        yield _world(client)


def _world(client: Dynamo) -> World:
    return World(
        client=client,
        orders=OrderStore(Table(client, "Orders")),
        stock=StockStore(Table(client, "Stock"), clock=lambda: 0.0, now=lambda: NOW),
        bindings=BindingStore(Table(client, "Orders")),
        config=ConfigStore(Table(client, "Config"), lambda: 0.0, now=lambda: NOW),
        sandbox=DynamoMemory(client, "Sandbox"),
        reservations=ReservationStore(Table(client, "Orders")),
        backorders=BackorderStore(Table(client, "Stock")),
        nodes=NodeStore(Table(client, "Orders")),
    )


@cache
def _tables(seeded: bool) -> Any:
    """Made once; every world gets a copy."""
    client = Dynamo(lambda: NOW)
    for name in ("Orders", "Stock", "Config", "Audit", "Promises", "Goods"):
        _table(client, name, {"Orders": INDEXES, "Stock": CASES}.get(name, {}))
    client.create_table(
        TableName="Sandbox",
        KeySchema=[{"AttributeName": "key", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "key", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    if seeded:
        seed(_world(client).config)
    return client.backend.tables


def _table(client: Any, name: str, indexes: Mapping[str, tuple[str, str]]) -> None:
    attributes = {"pk": "S", "sk": "S"}
    for pk, sk in indexes.values():
        attributes |= {pk: "S", sk: "N"}
    arguments: dict[str, Any] = {}
    if name == "Stock":
        attributes[keys.IN_SHOWN] = "N"
    if indexes:
        arguments["GlobalSecondaryIndexes"] = [
            {
                "IndexName": index,
                "KeySchema": _schema(pk, sk),
                "Projection": {"ProjectionType": "ALL" if index == "by_case" else "KEYS_ONLY"},
            }
            for index, (pk, sk) in indexes.items()
        ] + ([SHOWN] if name == "Stock" else [])
    client.create_table(
        TableName=name,
        KeySchema=_schema("pk", "sk"),
        AttributeDefinitions=[
            {"AttributeName": key, "AttributeType": kind} for key, kind in attributes.items()
        ],
        BillingMode="PAY_PER_REQUEST",
        **arguments,
    )


def _schema(pk: str, sk: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": pk, "KeyType": "HASH"},
        {"AttributeName": sk, "KeyType": "RANGE"},
    ]


SHOWN = {
    "IndexName": keys.SHOWN,
    "KeySchema": _schema("pk", keys.IN_SHOWN),
    "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(keys.SHOWN_OF_ROWS)},
}


def node(id: str, kind: str, city: str, lat: str, lon: str, country: str = "FR") -> Node:
    methods = frozenset({SHIP, PICKUP} if kind == STORE else {SHIP})
    address = Address(id, "1 Rue", city, country, postal_code="1", lat=lat, lon=lon)
    return Node(id, kind, id, address, "Europe/Paris", DAY_HOURS, methods=methods)


NODES = (
    node("dc-lille", WAREHOUSE, "Lille", "50.63", "3.06"),
    node("dc-leipzig", WAREHOUSE, "Leipzig", "51.34", "12.37", "DE"),
    node("store-paris", STORE, "Paris", "48.86", "2.35"),
    node("store-lyon", STORE, "Lyon", "45.76", "4.84"),
    node("drop-milano", DROP_SHIPPER, "Milano", "45.46", "9.19", "IT"),
)
DIGITAL_PRODUCTS = (
    Product("GIFT", "Gift card", price={"EUR": 5000}, digital=GIFT_CARD),
    Product("KEY", "Licence key", price={"EUR": 900}, digital=LICENCE_KEY),
    Product(
        "FILE",
        "Cookbook",
        price={"EUR": 700},
        digital=DOWNLOAD,
        link="https://shop.example/files/$sku?order=$order&unit=$line-$unit",
    ),
)
EU = frozenset({"FR", "DE", "IT", "ES", "BE", "NL", "AT"})


def seed(config: ConfigStore) -> None:
    """Channels web (refuses shortages), patient (backorders), amazon; products SKU-001 … 010, a kit."""
    for channel in (
        Channel("web", "Web", "EUR"),
        Channel("patient", "Patient", "EUR", backorder=True),
        Channel("amazon", "Amazon", "EUR", backorder=True, marketplace="amazon"),
        Channel("shopify", "Shopify", "EUR", backorder=True, marketplace="shopify"),
    ):
        config.put(f"CHANNEL#{channel.id}", channel)
    for each in NODES:
        config.put_node(each)
    prices = dict.fromkeys(("domestic", "region", "world"), ((30000, 490),))
    transit = {"domestic": 1, "region": 3, "world": 7}
    services = [
        CarrierService("tariff", name, transit, prices, region=EU)
        for name in ("standard", "express")
    ]
    from oms.stores.dynamo.codec import encode

    config.put("CARRIERS", {"services": [encode(service) for service in services]})
    for number in range(1, 11):
        sku = f"SKU-{number:03d}"
        config.put(f"PRODUCT#{sku}", Product(sku, f"Product {number}", 500, price={"EUR": 1999}))
    components = {"SKU-001": 2, "SKU-002": 1}
    kit = Product("KIT-001", "Kit", price={"EUR": 5000}, components=components)
    config.put("PRODUCT#KIT-001", kit)
    for product in DIGITAL_PRODUCTS:
        config.put(f"PRODUCT#{product.sku}", product)


def receive(world: World, sku: str, node: str, quantity: int, id: str = "") -> None:
    from oms.domain.stock import movements

    move = movements.receive(
        id or f"seed:{sku}:{node}", sku, node, quantity, cause="seed", actor="test"
    )
    world.stock.movements.book(move, now=world.now)
