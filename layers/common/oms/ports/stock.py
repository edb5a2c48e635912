"""Stock, supply and the demand that waits for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from ..domain.hot_stock.claiming import ClaimOutcome
from ..domain.model.network import Network
from ..domain.model.node import Node
from ..domain.model.order import Order
from ..domain.model.stock_item import Movement, StockItem
from ..domain.model.stock_location import MAIN, StockLocation
from ..domain.model.supply import Supply
from ..domain.promising.work_day import Slot
from .row import Row

TAKEN, HELD, FULL = "TAKEN", "HELD", "FULL"


class Days(Protocol):
    """Places in the days of nodes that have a capacity; a capacity of N gives N of them."""

    def take_all(self, slots: Sequence[Slot]) -> tuple[list[Slot], list[Slot]]:
        """(taken by this call, refused because the day is full). Held ones are in neither."""

    def give_back(self, slots: Iterable[Slot]) -> None:
        """Harmless when one is not held."""


class StockReader(Protocol):
    def network(
        self,
        skus: Iterable[str],
        nodes: Sequence[Node],
        *,
        consistent: bool,
        order_id: str = "",
        first_part: int = 1,
        cart: str = "",
        days: Sequence[str] = (),
        rough: Collection[str] = (),
    ) -> Network:
        """What can be promised now. What `order_id` holds for its parts from `first_part` on is
        there for it: an earlier try claimed it and died. So is what the reservation `cart` holds.

        `days`: ISO dates of which the load is read. `rough`: SKUs of which numbers rounded down
        will do (`Network.rough`), which cost a fraction to read; never for who holds something.
        """

    def load(
        self, days: Sequence[str], *, consistent: bool, order_id: str = "", first_part: int = 1
    ) -> Mapping[tuple[str, str], int]:
        """(node, ISO date) → places taken, but for those of `order_id` as in `network`."""


class Stock(StockReader, Protocol):
    """One conditional update per movement; see domain/model/stock_item.py for their meaning."""

    @property
    def days(self) -> Days: ...

    def refresh(
        self,
        network: Network,
        places: Collection[tuple[str, str]],
        days: Collection[tuple[str, str]],
        *,
        order_id: str = "",
        first_part: int = 1,
        cart: str = "",
    ) -> Network:
        """The network with these (SKU, node)s and (node, ISO date)s as they are now. Nothing else
        is read; what is the order's own counts as in `network`.
        """

    def item(self, sku: str, node: str, location: StockLocation = MAIN) -> StockItem | None: ...

    def whole(self, sku: str, node: str) -> StockItem | None:
        """All pages of the SKU at the node together, with the version of page 0."""

    def fenced(self, sku: str, node: str, at: int) -> StockItem | None:
        """As `whole`, for a count as of `at`: what leaves a page from now on knows of it."""

    def items(self, sku: str) -> list[StockItem]:
        """The SKU at every node, all pages together."""

    def move(self, movement: Movement) -> bool:
        """False when this claim movement happened before; raises OutOfStock, LostRace."""

    def allocate(self, movement: Movement) -> ClaimOutcome:
        """Claim on page 0, or on a page of a hot SKU; raises OutOfStock."""

    def claims(self, movements: Sequence[Movement]) -> list[ClaimOutcome]:
        """Allocations in parallel; each outcome names the page, whether made now or before."""

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

    # --- pages of hot SKUs: domain/hot_stock -----------------------------------------------------

    def pages(
        self, sku: str, node: str, numbers: Iterable[int], *, consistent: bool = False
    ) -> Mapping[int, StockItem]:
        """Those of these pages that exist."""

    def ask_to_settle(self, sku: str, node: str) -> None:
        """At most once a second, however many ask."""

    def recall(self, pages: Sequence[StockItem]) -> set[int]:
        """Bring back what is left of pages; those where somebody moved it first."""

    def tick_off(self, first: StockItem, done: int, bound: int) -> None: ...

    def forget(self, first: StockItem, gone: int) -> None: ...

    def drop_page(self, page: StockItem) -> None: ...

    def heat(self, sku: str, node: str, mode: str = "") -> bool:
        """From now on claims go to pages; `mode` as told by a person, else as observed."""

    def cool(self, sku: str, node: str, mode: str = "") -> bool:
        """From now on claims go to page 0."""


class Bindings(Protocol):
    def unbound(self, items: Iterable[StockItem]) -> frozenset[str]:
        """Claims on these items that no order names."""
