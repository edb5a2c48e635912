"""What digital products are delivered as: codes and links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..domain.digital.digital_goods import DigitalGood, Unit
    from ..domain.model.units import LineUnits


class DigitalQueue(Protocol):
    """What the function `digital` works off."""

    def ask(self, order_id: str, number: int) -> None:
        """To deliver the part, or to give back what it took; as often as it is asked."""


class DigitalGoods(Protocol):
    """A pool of codes for each SKU, and what each unit of an order was given."""

    def load(self, sku: str, codes: Sequence[str]) -> int:
        """How many were new; one that was ever loaded before is not sold twice."""

    def left(self, sku: str, most: int) -> int:
        """Codes that nobody has, counted up to `most`."""

    def given(self, order_id: str) -> Mapping[Unit, DigitalGood]:
        """What the order's units have."""

    def take(self, order_id: str, wanted: Mapping[Unit, str], now: int) -> Mapping[str, int]:
        """A code for each of these units (→ SKU) that has none: all of them, or none that fits in
        one transaction. SKU → codes that are missing; empty when each unit has its code.
        """

    def put_links(self, order_id: str, links: Mapping[Unit, DigitalGood]) -> None:
        """What needs no code; given before, it stays."""

    def give_back(self, order_id: str, lines: LineUnits) -> int:
        """Codes that nobody has seen go back to the pool; how many."""

    def wait(self, sku: str, order_id: str, number: int, at: int) -> None:
        """A part waits for codes of the SKU since `at`."""

    def waits_no_more(self, sku: str, order_id: str, number: int, at: int) -> None: ...

    def waiting(self, sku: str, most: int) -> Sequence[tuple[str, int, int]]:
        """(order id, part number, since), who has waited longest first."""
