"""Everybody who deals with a running stack, with the tokens and secrets they have.

world = World(stack, load(stack))
order = world.shop.place({"SKU-001": 2})
parts = world.staff.work_through(order)
world.carrier.deliver(*parts)
world.shop.wait_for(order, "DELIVERED")
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from local.actors.api import Api
from local.actors.carrier import CarrierBot
from local.actors.clock import Clock
from local.actors.code_room import CodeRoom
from local.actors.feeder import Feeder
from local.actors.foresight import Foresight
from local.actors.lines import DEFAULT_CENTS
from local.actors.marketplace import Marketplace
from local.actors.merchant import Merchant
from local.actors.promise_keeper import PromiseKeeper
from local.actors.service import Service
from local.actors.shopify import Shopify
from local.actors.staff import Crew, Staff
from local.actors.storefront import Storefront
from local.actors.supplier import Logistics
from local.seed.load import Loader
from local.seed.secrets import SECRETS
from local.stack import Stack
from oms.domain.model.product import GIFT_CARD, Product
from oms.edge.principal import CODES, OPS, SERVICE, STAFF, STOREFRONT
from oms.stores.config.scarcity import ScarcityStore
from oms.stores.dynamo.table import Table
from oms.stores.sandbox.memory import DynamoMemory

TOKEN_TTL_S = 12 * 3600


@dataclass
class World:
    """Actors that share one stack. Orders and SKUs made here are new ones each time."""

    stack: Stack
    loader: Loader
    _run: str = field(default_factory=lambda: uuid.uuid4().hex[:6].upper())
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    # --- tokens ------------------------------------------------------------------------------

    def token(self, *scopes: str, sub: str, nodes: tuple[str, ...] = ()) -> str:
        return self.stack.token(*scopes, sub=sub, nodes=nodes, ttl_s=TOKEN_TTL_S)

    def staff_token(self, node: str) -> str:
        return self.token(STAFF, sub=f"staff-{node}", nodes=(node,))

    @cached_property
    def tokens(self) -> dict[str, str]:
        """One for each role but staff, whose tokens are good for one node."""
        roles = {"storefront": STOREFRONT, "service": SERVICE, "ops": OPS}
        return {role: self.token(scope, sub=role) for role, scope in roles.items()}

    def api(self, token: str = "") -> Api:
        return Api(self.url, token)

    @cached_property
    def url(self) -> str:
        return self.stack.url

    # --- actors ------------------------------------------------------------------------------

    @cached_property
    def shop(self) -> Storefront:
        return Storefront(self.api(self.tokens["storefront"]))

    @cached_property
    def shopify(self) -> Shopify:
        return Shopify(self.api(), SECRETS["shopify"])

    @cached_property
    def marketplace(self) -> Marketplace:
        return Marketplace(self.stack.client("sqs"), self.stack.physical("MarketplaceQueue"))

    @cached_property
    def staff(self) -> Staff:
        return Staff(self.crew, self.service.see)

    def crew(self, node: str) -> Crew:
        return Crew(self.api(self.staff_token(node)), node)

    @cached_property
    def service(self) -> Service:
        return Service(self.api(self.tokens["service"]), lambda node: self.crew(node).api)

    @cached_property
    def code_room(self) -> CodeRoom:
        return CodeRoom(self.ops, self.api(self.token(CODES, SERVICE, sub="code-room")))

    @cached_property
    def ops(self) -> Api:
        return self.api(self.tokens["ops"])

    def logistics(self, node: str = "") -> Logistics:
        """Of a node's staff; of ops without a node."""
        return Logistics(self.crew(node).api if node else self.ops)

    def merchant(self, profile: str = "default") -> Merchant:
        """Steers this profile of sourcing rules."""
        return Merchant(self.ops, profile)

    @cached_property
    def feeder(self) -> Feeder:
        return Feeder(self.stack.client("s3"), self.stack.physical("InboxBucket"), self.ops)

    @cached_property
    def carrier(self) -> CarrierBot:
        books = DynamoMemory(self.stack.client("dynamodb"), self.stack.physical("SandboxTable"))

        def reference_of(tracking: str) -> str:
            sold, _ = books.get(f"label#{tracking}")
            return str(sold["id"]) if sold else ""

        return CarrierBot(self.api(), SECRETS["carrier"], reference_of)

    @cached_property
    def foresight(self) -> Foresight:
        table = Table(self.stack.client("dynamodb"), self.stack.physical("ConfigTable"))
        function = self.stack.physical("PriceScarcityFunction")
        return Foresight(self.stack.client("lambda"), function, ScarcityStore(table))

    @cached_property
    def keeper(self) -> PromiseKeeper:
        function = self.stack.physical("WatchPromisesFunction")
        return PromiseKeeper(self.stack.client("lambda"), function, self.ops)

    @cached_property
    def clock(self) -> Clock:
        return Clock(self.stack.client("lambda"), self.stack.physical("SweepFunction"))

    # --- things of their own for each test -------------------------------------------------------

    def new_id(self, prefix: str = "T") -> str:
        """An external id that no other order has."""
        return f"{prefix}-{self._run}-{next(self._numbers):04d}"

    def new_sku(self, stock: Mapping[str, int] | None = None) -> str:
        """A product of its own; `stock`: node → units."""
        sku = self.new_id("SKU")
        self.loader.product(Product(sku, f"Product {sku}", 500, price={"EUR": DEFAULT_CENTS}))
        for node, quantity in (stock or {}).items():
            self.loader.receive(sku, node, quantity)
        return sku

    def new_digital(self, kind: str = GIFT_CARD, codes: Sequence[str] = (), link: str = "") -> str:
        """A digital product of its own, with these codes in its pool."""
        sku = self.new_id("DIGITAL")
        price = {"EUR": DEFAULT_CENTS}
        self.loader.product(Product(sku, f"Product {sku}", price=price, digital=kind, link=link))
        if codes:
            self.code_room.load(sku, codes)
        return sku

    def add_stock(self, sku: str, node: str, quantity: int) -> None:
        """Another delivery arrives, through the public API."""
        self.crew(node).receive(self.new_id("RECEIPT"), sku, quantity)
