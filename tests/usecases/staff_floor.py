"""A shop floor for tests: parts in any state, on the real stores, with a carrier and documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from functions.ship.verbs import VERBS
from oms.domain.model import fulfilment as fo
from oms.domain.model.address import Address
from oms.domain.model.customer import Customer
from oms.domain.model.fulfilment import FulfilmentOrder, Package
from oms.domain.model.money import Money
from oms.domain.model.node import PICKUP, SHIP
from oms.domain.model.order import Hold, Order, OrderLine, OrderSnapshot
from oms.domain.model.payment import AUTHORISED, Payment, PaymentMeans
from oms.domain.model.promise import Promise
from oms.domain.model.shipping import TrackingUpdate
from oms.domain.preparing.verbs import StaffVerb
from oms.domain.timeline import Entry
from oms.edge.principal import SERVICE, STAFF, Principal
from oms.gateways.carriers.tariff import TariffCarrier
from oms.gateways.documents.printer import DocumentPrinter
from oms.usecases.preparing.command import PartCommand
from oms.usecases.preparing.deps import Preparing
from tests.cloud import NOW, World, world

ORDER, NODE = "0123456789ABCDEF", "store-paris"
PARIS = Address("Zoé Müller", "1 rue A", "Paris", "FR", "75001")
LANE = {"transit_days": 2, "prices": [[31500, 490]]}
SERVICE_TARIFF = {
    "name": "Standard",
    "pickup_weekdays": [0, 1, 2, 3, 4],
    "delivery_weekdays": [0, 1, 2, 3, 4, 5],
    "zones": {"domestic": LANE, "region": LANE},
}
TARIFF: dict[str, Any] = {
    "id": "tariff",
    "name": "Tariff",
    "currency": "EUR",
    "region": ["DE", "FR"],
    "services": {"standard": SERVICE_TARIFF, "express": SERVICE_TARIFF},
}
ANN = Principal("5f2c8f3e-8f0c-4b55-9e3a-0d6a1c2b3d4e", frozenset({STAFF}), frozenset({NODE}))
BEN = Principal("ben", frozenset({STAFF}), frozenset({"store-lyon"}))
CSR = Principal("csr", frozenset({SERVICE}))

# The shortest way of staff into each state, by method.
WAY: dict[str, tuple[str, ...]] = {
    fo.ASSIGNED: (),
    fo.ACCEPTED: ("accept",),
    fo.PICKING: ("accept", "start-pick"),
    fo.PICKED: ("accept", "start-pick", "pick"),
    fo.PACKED: ("accept", "start-pick", "pick", "pack"),
    fo.READY_TO_SHIP: ("accept", "start-pick", "pick", "pack", "label"),
    fo.READY_FOR_PICKUP: ("accept", "start-pick", "pick", "pack", "shelve"),
    fo.SHIPPED: ("accept", "start-pick", "pick", "pack", "label", "ship"),
    fo.PICKED_UP: ("accept", "start-pick", "pick", "pack", "shelve", "collect"),
    fo.REJECTED: ("reject",),
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "reject": {"reasons": {}, "reason": fo.NO_CAPACITY},
    "pick": {"picked": {}, "reasons": {}},
    "arrive": {"arrived": {}},
    "claim": {"node": ""},
    "acknowledge": {"ship_by": ""},
    "shipped-notice": {
        "packages": (Package(1, 0, tracking="CO-1", carrier="Corriere"),),
        "shipped": {},
        "reasons": {},
    },
    "collect": {"code": "123456"},
    "cancel-answer": {"agree": True},
}


@dataclass
class Shelf:
    """Documents in memory."""

    kept: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    def put(self, key: str, body: bytes, content_type: str) -> None:
        self.kept[key] = (body, content_type)

    def url(self, key: str, *, ttl_s: int) -> str:
        return f"https://documents.example/{key}?ttl={ttl_s}"


@dataclass
class Floor:
    """Everything that staff's steps need."""

    world: World
    documents: Shelf = field(default_factory=Shelf)
    now: int = NOW

    def __post_init__(self) -> None:
        self.orders, self.config = self.world.orders, self.world.config
        self.nodes, self.stock = self.world.nodes, self.world.stock
        self.carrier = TariffCarrier(TARIFF, self.world.sandbox, "carrier-secret")
        self.printer = DocumentPrinter()
        self.codes = lambda: "123456"

    @property
    def deps(self) -> Preparing:
        return Preparing(
            orders=self.orders,
            stock=self.stock,
            config=self.config,
            carrier=self.carrier,
            printer=self.printer,
            documents=self.documents,
            codes=self.codes,
            now=self.now,
        )

    def act(self, action: str, worker: Principal = ANN, **arguments: Any) -> FulfilmentOrder:
        given = {**ARGUMENTS.get(action, {}), **arguments}
        order_id, number = given.pop("order_id", ORDER), given.pop("number", 1)
        command = PartCommand(order_id, number, worker, given.pop("version", None))
        return VERBS[StaffVerb(action)].use_case(command, **given, deps=self.deps)

    @property
    def part(self) -> FulfilmentOrder:
        return self.orders.part(ORDER, 1)

    @property
    def order(self) -> Order:
        return self.orders.get(ORDER)

    def save(self, event: str, **changes: Any) -> FulfilmentOrder:
        """What somebody else did to the part."""
        part = replace(self.part, **changes)
        return self.orders.save_part(part, Entry(part.version + 1, event, self.now))

    def ask_to_cancel(self, due: int | None = None) -> FulfilmentOrder:
        due = self.now + 7200 if due is None else due
        return self.save("request_cancel", request="CANCEL_REQUESTED", due=due)

    def hold(self, *blocks: str) -> None:
        held = replace(self.order.state, holds=(Hold("MANUAL", "test", frozenset(blocks)),))
        self.orders.save_state(self.order, held, Entry(held.version + 1, "hold", self.now))

    def scan(self, status: str, at: int = 0, **more: Any) -> TrackingUpdate:
        package = self.part.packages[more.pop("package", 1) - 1]
        event = more.pop("event_id", f"{status}@{at}")
        body = {
            "event_id": event,
            "tracking": package.tracking,
            "status": status,
            "at": iso(self.now + at),
            **more,
        }
        return self.heard(body)[0]

    def heard(self, *scans: dict[str, Any]) -> list[TrackingUpdate]:
        body = json.dumps({"events": scans}).encode()
        return self.carrier.tracking(self.carrier.signed(body), body)

    def kinds(self) -> list[str]:
        return [entry.kind for entry in self.part.timeline]


def preparing(world: Any) -> Preparing:
    """What staff's steps need in a world of other tests."""
    return Floor(world, now=world.now).deps


def iso(at: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at, UTC).isoformat()


def snapshot(method: str, order_id: str = ORDER, **changes: Any) -> OrderSnapshot:
    lines = tuple(
        OrderLine(no, f"SKU-{no:03d}", quantity, 1999 * quantity, weight_g=500)
        for no, quantity in ((1, 3), (2, 1), (3, 2))
    )
    about: dict[str, Any] = {
        "id": order_id,
        "channel": "web",
        "external_id": f"W-{order_id[-4:]}",
        "placed_at": NOW,
        "currency": "EUR",
        "customer": Customer("c1", "zoe@example.org", "Zoé Müller"),
        "lines": lines,
        "grand_total": 6 * 1999,
        "shipping": 0,
        "means": PaymentMeans("card"),
        "method": method,
        "ship_to": PARIS,
    }
    return OrderSnapshot(**{**about, **changes})


def assigned(floor: Floor, method: str = SHIP, order_id: str = ORDER, **changes: Any) -> None:
    """An order whose one part waits for its node to accept it."""
    floor.orders.create(snapshot(method, order_id), Entry(1, "placed", NOW))
    secured = Payment(
        1, f"{order_id}:authorise:1", PaymentMeans("card"), AUTHORISED, Money(6 * 1999, "EUR")
    )
    floor.orders.save_payment(order_id, secured, Entry(1, "authorised", NOW, "payments"))
    promise = Promise(
        method,
        ship_by="2026-11-24",
        deliver_by="2026-11-26",
        cutoff="2026-11-24T14:00:00+01:00",
    )
    part = FulfilmentOrder(
        order_id=order_id,
        number=1,
        node=NODE,
        method=method,
        lines={1: frozenset({0, 1, 2}), 2: frozenset({0}), 3: frozenset({0, 1})},
        skus={1: "SKU-001", 2: "SKU-002", 3: "SKU-003"},
        due=NOW + 4 * 3600,
        assigned_at=NOW,
        promise=promise,
    )
    floor.orders.save_part(replace(part, **changes), Entry(1, "assign", NOW, "sourcing"))


@contextmanager
def floor_with(status: str, method: str = "") -> Iterator[Floor]:
    """One part that staff brought to `status`; CANCELLED ones were cancelled when ready."""
    pickup = status in (fo.READY_FOR_PICKUP, fo.PICKED_UP, fo.UNCOLLECTED)
    with world() as cloud:
        floor = Floor(cloud)
        assigned(floor, method or (PICKUP if pickup else SHIP))
        bring(floor, status)
        yield floor


def bring(floor: Floor, status: str) -> None:
    ends = {
        fo.CANCELLED: (fo.READY_TO_SHIP, "cancel"),
        fo.EXPIRED: (fo.ASSIGNED, "expire"),
        fo.DELIVERED: (fo.SHIPPED, "deliver"),
        fo.DELIVERY_FAILED: (fo.SHIPPED, "fail_delivery"),
        fo.UNCOLLECTED: (fo.READY_FOR_PICKUP, "lapse"),
    }
    before, event = ends.get(status, (status, ""))
    for action in WAY[before]:
        floor.act(action)
    if event:
        floor.save(event, status=status, due=None)


def item_bytes(floor: Floor) -> int:
    """What DynamoDB counts: names and values."""
    table = floor.orders.table
    item = table.get(f"O#{ORDER}", "FO#01")
    assert item is not None
    return weigh(item)


def weigh(value: Any) -> int:
    if isinstance(value, dict):
        return sum(len(str(k).encode()) + weigh(v) + 1 for k, v in value.items()) + 3
    if isinstance(value, list):
        return sum(weigh(v) + 1 for v in value) + 3
    if isinstance(value, bool) or value is None:
        return 1
    if isinstance(value, int):
        return len(str(abs(value))) // 2 + 2
    return len(value.encode())
