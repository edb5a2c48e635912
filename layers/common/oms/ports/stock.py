"""Stock, supply and the demand that waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..domain.model.stock_location import MAIN, StockLocation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ..domain.hot_stock.claiming import ClaimOutcome
    from ..domain.model.network import Network
    from ..domain.model.node import Node
    from ..domain.model.order import Order
    from ..domain.model.stock_item import Movement, StockItem
    from ..domain.model.supply import Supply
    from ..domain.promising.work_day import Slot
    from .hot_stock import StockHeat, StockPages
    from .row import Row

TAKEN, HELD, FULL = "TAKEN", "HELD", "FULL"


class WorkDays(Protocol):
    """Places in the days of nodes that have a capacity; a capacity of N gives N of them."""

    def take_all(self, slots: Sequence[Slot]) -> tuple[list[Slot], list[Slot]]:
        """(taken by this call, refused because the day is full). Held ones are in neither."""

    def give_back(self, slots: Iterable[Slot]) -> None:
        """Harmless when one is not held."""


class Availability(Protocol):
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


class Refresher(Protocol):
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


class StockItems(Protocol):
    def get(self, sku: str, node: str, location: StockLocation = MAIN) -> StockItem | None: ...

    def whole(self, sku: str, node: str) -> StockItem | None:
        """All locations of the SKU at the node together, with the version of the main item."""

    def of_sku(self, sku: str) -> list[StockItem]:
        """The SKU at every node, as `whole`."""


class CountFence(Protocol):
    def fence(self, sku: str, node: str, at: int) -> StockItem | None:
        """Tell every location of a count as of `at`, so that what leaves it from now on knows of
        it. Answers what lies there, as `StockItems.whole`.
        """


class StockMovements(Protocol):
    """One conditional update per movement; see domain/model/stock_item.py for their meaning."""

    def move(self, movement: Movement) -> bool:
        """False when this claim movement happened before; raises OutOfStock, LostRace."""

    def book(self, movement: Movement, *, now: int) -> bool:
        """A movement without a claim; False when its id was booked before.

        Raises IdempotencyConflict when the id was booked for something else.
        """


class StockClaims(Protocol):
    """Allocations and holds; each outcome says where the claim lies."""

    def allocate(self, movement: Movement) -> ClaimOutcome:
        """Raises OutOfStock."""

    def claim_each(self, movements: Sequence[Movement]) -> list[ClaimOutcome]:
        """In parallel; an outcome says where, whether made now or before."""

    def claim_all(self, movements: Sequence[Movement]) -> tuple[list[Movement], list[Movement]]:
        """In parallel: (made by this call, refused for lack of stock).

        What was held already is in neither.
        """


class WaitingDemand(Protocol):
    def put(self, order: Order, now: int) -> None:
        """Queue the order's waiting units under their SKUs."""

    def drop(self, order: Order) -> None: ...

    def of_sku(self, sku: str) -> list[Row]:
        """Waiting demand of a SKU: {order, q, sk}, in the order it is to be served."""


class ExpectedSupply(Protocol):
    def put(self, supply: Supply) -> None: ...

    def drop(self, sku: str, id: str) -> None: ...


class Stock(Protocol):
    """What is done with stock, each by a port of its own."""

    @property
    def availability(self) -> Availability: ...

    @property
    def refresher(self) -> Refresher: ...

    @property
    def items(self) -> StockItems: ...

    @property
    def movements(self) -> StockMovements: ...

    @property
    def claims(self) -> StockClaims: ...

    @property
    def fences(self) -> CountFence: ...

    @property
    def days(self) -> WorkDays: ...

    @property
    def waiting(self) -> WaitingDemand: ...

    @property
    def supply(self) -> ExpectedSupply: ...

    @property
    def pages(self) -> StockPages: ...

    @property
    def heat(self) -> StockHeat: ...
