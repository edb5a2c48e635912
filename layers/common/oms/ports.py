"""What the use cases need from the outside world. Stores and gateways implement these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from .domain.money import Money
from .domain.orders.order import Order, Snapshot, State
from .domain.parts.fulfilment import FulfilmentOrder
from .domain.parts.shipping import Label, LabelRequest, TrackingUpdate
from .domain.payments.payment import GatewayAnswer, Means, Payment, ProviderEvent
from .domain.returning.returns import Return
from .domain.sourcing.network import Network, Node, Supply
from .domain.sourcing.rules import CarrierService, Channel, Product, SourcingRules
from .domain.stock.item import Movement, StockItem
from .domain.telling.events import Event
from .domain.timeline import Entry

Row = dict[str, Any]


class ConfigReader(Protocol):
    """Configuration, cached per warm worker; a cold read is one round trip."""

    def warm(self, channel: str, skus: Iterable[str] = ()) -> None:
        """Read all that a decision needs at once, where it is not cached."""

    def channel(self, id: str) -> Channel:
        """Raises NotFound."""

    def nodes(self, channel: Channel) -> tuple[Node, ...]: ...

    def node(self, id: str) -> Node:
        """Raises NotFound."""

    def services(self) -> tuple[CarrierService, ...]: ...

    def rules(self, profile: str) -> SourcingRules: ...

    def holidays(
        self, nodes: Sequence[Node], country: str, now: int
    ) -> Mapping[str, frozenset[str]]:
        """Public holidays around `now` of the nodes' calendars and of a destination."""

    def products(self, skus: Iterable[str]) -> dict[str, Product]:
        """Unknown SKUs are absent from the answer."""


class StockReader(Protocol):
    def network(
        self,
        skus: Iterable[str],
        nodes: Sequence[Node],
        *,
        consistent: bool,
        order_id: str = "",
        first_part: int = 1,
    ) -> Network:
        """What can be promised now. What `order_id` holds for its parts from `first_part` on is
        there for it: an earlier try claimed it and died.
        """


class Stock(StockReader, Protocol):
    """One conditional update per movement; see domain/stock/item.py for what each one means."""

    def item(self, sku: str, node: str) -> StockItem | None: ...

    def items(self, sku: str) -> list[StockItem]: ...

    def move(self, movement: Movement) -> bool:
        """False when this claim movement happened before; raises OutOfStock, LostRace."""

    def claim_all(self, movements: Sequence[Movement]) -> tuple[list[Movement], list[Movement]]:
        """Allocations in parallel: (made by this call, refused for lack of stock).

        What was held already is in neither.
        """

    def book(self, movement: Movement, *, now: int) -> bool:
        """A movement without a claim; False when its id was booked before.

        Raises IdempotencyConflict when the id was booked for something else.
        """

    def put_waiting(self, order: Order, now: int) -> None:
        """Queue the order's waiting units under their SKUs."""

    def drop_waiting(self, order: Order) -> None: ...

    def waiting(self, sku: str) -> list[Row]:
        """Waiting demand of a SKU: {order, q, sk}, in the order it is to be served."""

    def put_supply(self, supply: Supply) -> None: ...

    def drop_supply(self, sku: str, id: str) -> None: ...


class Orders(Protocol):
    """Each save writes one item if its stored version is the one that was read (LostRace else)."""

    def get(self, order_id: str, *, consistent: bool = True) -> Order:
        """Raises NotFound."""

    def find(self, order_id: str) -> Snapshot | None: ...

    def find_and_read(
        self, order_id: str, read: Callable[[], Network]
    ) -> tuple[Snapshot | None, Network]:
        """`find` and an independent read in one round trip."""

    def same(self, stored: Snapshot, asked: Snapshot) -> Snapshot:
        """The stored one; raises IdempotencyConflict when it is a different order."""

    def create(self, snapshot: Snapshot, entry: Entry) -> Snapshot:
        """The same object when this call wrote it, else what was stored before."""

    def save_state(self, order: Order, state: State, entry: Entry, cause: str = "") -> State: ...

    def save_part(
        self, part: FulfilmentOrder, entry: Entry, cause: str = ""
    ) -> FulfilmentOrder: ...

    def save_payment(
        self, order_id: str, payment: Payment, entry: Entry, cause: str = ""
    ) -> Payment: ...

    def save_return(self, ret: Return, entry: Entry, cause: str = "") -> Return: ...

    def part_ids_of_node(
        self, node: str, *, limit: int, start: Row | None
    ) -> tuple[list[tuple[str, int]], Row | None]: ...

    def part(self, order_id: str, number: int) -> FulfilmentOrder:
        """Raises NotFound."""

    def work(self, ids: Sequence[tuple[str, int]]) -> list[tuple[FulfilmentOrder, Snapshot]]:
        """These parts with their orders, eventually consistent; what is gone falls away."""

    def ids_of_customer(
        self, channel: str, customer: str, *, limit: int, start: Row | None
    ) -> tuple[list[str], Row | None]: ...

    def shards(self) -> list[str]:
        """Of what is due: each is asked by itself."""

    def due(self, shard: str, now: int, *, limit: int) -> list[tuple[str, str]]: ...

    def put_wait(self, order_id: str, what: str, token: str, reason: str, now: int) -> None: ...

    def wait(self, order_id: str, what: str) -> Row | None:
        """{token, reason} of the waiting execution."""

    def put_message(self, order_id: str, status: str, part: int, content: Row) -> bool:
        """False when this message exists."""

    def drop_message(self, order_id: str, status: str, part: int) -> None:
        """It could not be sent: the next attempt may put it again."""

    def open_case(self, order_id: str, kind: str, part: int, content: Row) -> bool:
        """An exception case; False when it is there already."""

    def case(self, order_id: str, kind: str, part: int) -> Row:
        """Raises NotFound."""

    def save_case(self, case: Row) -> Row:
        """The next version of a case that was read."""

    def get_many(self, order_ids: Sequence[str]) -> list[Order]:
        """Eventually consistent, for lists."""


class Memory(Protocol):
    """A small durable key → JSON object store with compare-and-set, for the simulators."""

    def get(self, key: str) -> tuple[dict[str, Any] | None, int]:
        """The value and its version (0 when absent)."""

    def put(self, key: str, value: Mapping[str, Any], *, expected_version: int) -> None:
        """Raises LostRace when the stored version is another."""


class PaymentGateway(Protocol):
    """One payment provider. Every `id` is the idempotency key: the same id, the same answer.

    Raises GatewayTimeout when it is unknown whether the provider acted, MoneyRefused when the
    provider calls the operation wrong in itself (over-capture, capture after void, over-refund).
    """

    def authorise(self, id: str, amount: Money, means: Means) -> GatewayAnswer: ...

    def capture(self, id: str, ref: str, amount: Money) -> GatewayAnswer:
        """Take `amount` of authorisation `ref`; several captures of one authorisation are fine."""

    def void(self, id: str, ref: str) -> GatewayAnswer:
        """Release what is not captured of authorisation `ref`."""

    def refund(self, id: str, ref: str, amount: Money) -> GatewayAnswer:
        """Give back `amount` of what was captured on authorisation `ref`."""

    def event(self, headers: Mapping[str, str], body: bytes) -> ProviderEvent | None:
        """The verified webhook, None for kinds we do not follow.

        Raises Unauthenticated on a bad signature.
        """


class Carrier(Protocol):
    def buy_label(self, request: LabelRequest) -> Label: ...

    def void_label(self, tracking: str) -> None:
        """Harmless when repeated."""

    def tracking(self, headers: Mapping[str, str], body: bytes) -> list[TrackingUpdate]:
        """The verified scans of a webhook; raises Unauthenticated, ValidationFailed."""


class Documents(Protocol):
    """The store of rendered documents (labels, slips)."""

    def put(self, key: str, body: bytes, content_type: str) -> None: ...

    def url(self, key: str, *, ttl_s: int) -> str:
        """A signed link for `ttl_s` seconds."""


class LabelPrinter(Protocol):
    """A bought label as documents: for a page printer and for a label printer."""

    def pdf(self, request: LabelRequest, label: Label) -> bytes: ...

    def zpl(self, request: LabelRequest, label: Label) -> bytes: ...


class Messenger(Protocol):
    """Sends one message to one customer. `id` is stable over retries."""

    def send(self, id: str, to: str, subject: str, body: str) -> None: ...


class Renderer(Protocol):
    """What a customer reads; `data` as gateways/notifications/templates.py names its fields."""

    def __call__(self, status: str, locale: str, data: Mapping[str, str]) -> tuple[str, str]:
        """Subject and body."""


class Bus(Protocol):
    def put(self, events: Sequence[Event]) -> None:
        """Raises Fault when one was not taken; all may be put again, their ids tell them."""


class Lake(Protocol):
    def put(self, key: str, lines: Sequence[Mapping[str, Any]]) -> None:
        """One object of JSON lines; the same key overwrites."""


class Workflows(Protocol):
    """Step Functions: one execution per order or return, named by its id."""

    def start(self, kind: str, name: str, input: Mapping[str, Any]) -> None:
        """`kind`: order | return. Started before is started: no error."""

    def resume(self, token: str, output: Mapping[str, Any]) -> None:
        """A late or repeated answer is harmless: no error."""


class PaymentGateways(Protocol):
    def of(self, means: Means) -> PaymentGateway: ...

    def named(self, provider: str) -> PaymentGateway: ...
