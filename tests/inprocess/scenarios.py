"""Scenarios of the product as data: what is there before, what people do, what must be so after.

`prepare` runs unharmed, `play` is what faults and second deliveries meet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from oms.domain.model import fulfilment as fo

from .story import Story


@dataclass(frozen=True, slots=True)
class Scenario:
    name: str
    prepare: Callable[[Story], None]
    play: Callable[[Story], None]
    status: str  # of the order, at the end
    parts: tuple[str, ...]  # their statuses
    told: tuple[str, ...]  # the customer's messages: status and part
    refunded: int = 0
    codes: int = 0  # that the order has, of all that were loaded


def _three_lines(story: Story) -> None:
    """The last pieces: who is killed holding them must not stand in their own way."""
    story.stocked("dc-lille", SKU_001=2, SKU_002=1, SKU_003=1)


def _ship_home(story: Story) -> None:
    story.order_placed({"SKU-001": 2, "SKU-002": 1, "SKU-003": 1})
    story.ships(1)
    story.scanned(1, "IN_TRANSIT", "DELIVERED")


def _two_nodes(story: Story) -> None:
    story.stocked("dc-lille", SKU_001=5)
    story.stocked("dc-leipzig", SKU_001=2)


def _rejected(story: Story) -> None:
    """The first node finds two less than its stock says; another one serves."""
    story.order_placed({"SKU-001": 2})
    story.does(1, "reject", reasons={"1": fo.MISMATCH})
    story.expect("SKU-001", story.order.parts[0].node, -2)
    assert story.order.parts[0].node not in {part.node for part in story.order.parts[1:]}
    story.ships(2)
    story.scanned(2, "IN_TRANSIT", "DELIVERED")


def _short(story: Story) -> None:
    story.order_placed({"SKU-001": 3})
    story.does(1, "accept")
    story.does(1, "pick", picked={"1": 2}, reasons={"1": fo.MISMATCH})
    story.expect("SKU-001", story.order.parts[0].node, -1)
    story.does(1, "pack", "label", "ship")
    story.gone(1)
    story.ships(2)
    for part in (1, 2):
        story.scanned(part, "DELIVERED")


def _cancelled(story: Story) -> None:
    story.order_placed({"SKU-001": 2})
    story.does(1, "accept", "pick")
    story.cancels()
    story.does(1, "cancel-answer", answer="AGREE")


def _store(story: Story) -> None:
    story.stocked("store-paris", SKU_001=3)


def _collected(story: Story) -> None:
    pickup = {"method": "PICKUP", "node": "store-paris"}
    story.order_placed({"SKU-001": 2}, delivery=pickup, ship_to=None, shipping=0)
    story.does(1, "accept", "pick", "pack", "shelve")
    story.does(1, "collect", code=story.order.parts[0].code)
    story.gone(1)


def _kit(story: Story) -> None:
    """Two of the one and one of the other, at different nodes."""
    story.stocked("dc-lille", SKU_001=2)
    story.stocked("dc-leipzig", SKU_002=1)


def _kit_from_two(story: Story) -> None:
    story.order_placed({"KIT-001": 1})
    for part in (1, 2):
        story.ships(part)
    for part in (1, 2):
        story.scanned(part, "DELIVERED")


def _delivered(story: Story) -> None:
    _three_lines(story)
    _ship_home(story)


def _returned(story: Story) -> None:
    """Two of the three lines come back to a store: one goes on sale there, one is destroyed."""
    story.asks_to_return({1: 1, 2: 1})
    story.arrives("store-lyon", {1: 1, 2: 1})
    story.judged("store-lyon", {1: (1, "RESTOCK"), 2: (1, "DESTROY")})
    story.expect("SKU-001", "store-lyon", 1)


def _codes(story: Story) -> None:
    """One code too few."""
    story.stocked("dc-lille", SKU_001=1)
    story.codes_loaded("GIFT", "CODE-ONE-0001")


def _mixed(story: Story) -> None:
    """What is digital waits for a code, and the parcel for nothing."""
    story.order_placed({"SKU-001": 1, "GIFT": 2, "FILE": 1})
    story.ships(1)
    story.codes_loaded("GIFT", "CODE-TWO-0002", "CODE-SPARE-03")
    story.scanned(1, "DELIVERED")


LATER = "DELAYED@2026-11-27#00"  # the node that takes over is farther away
BEGUN = ("SUPPORT_WAITING#00", "IN_PREPARATION#00")
HOME = (*BEGUN, "READY_TO_SHIP#01", "SHIPPED#01", "DELIVERED#01")

SHIP_HOME = Scenario("ship home", _three_lines, _ship_home, "COMPLETED", (fo.DELIVERED,), HOME)
REJECTED = Scenario(
    "rejected by a node",
    _two_nodes,
    _rejected,
    "COMPLETED",
    (fo.REJECTED, fo.DELIVERED),
    (*BEGUN, LATER, "READY_TO_SHIP#02", "SHIPPED#02", "DELIVERED#02"),
)
SHORT = Scenario(
    "short pick",
    _two_nodes,
    _short,
    "COMPLETED",
    (fo.DELIVERED, fo.DELIVERED),
    (*HOME, LATER, "READY_TO_SHIP#02", "SHIPPED#02", "DELIVERED#02"),
)
CANCELLED = Scenario(
    "cancelled",
    _two_nodes,
    _cancelled,
    "CANCELLED",
    (fo.CANCELLED,),
    (*BEGUN, "CANCELLED#00"),
)
COLLECTED = Scenario(
    "collected at a store",
    _store,
    _collected,
    "COMPLETED",
    (fo.PICKED_UP,),
    (*BEGUN, "READY_FOR_PICKUP#01", "PICKED_UP#01"),
)
RETURNED = Scenario(
    "returned at a store",
    _delivered,
    _returned,
    "COMPLETED",
    (fo.DELIVERED,),
    (*HOME, "RETURN_REQUESTED#01", "RETURNED#01", "REFUNDED#01"),
    refunded=2 * 1999,  # two units at their frozen price, without shipping
)
KIT = Scenario(
    "kit from two nodes",
    _kit,
    _kit_from_two,
    "COMPLETED",
    (fo.DELIVERED, fo.DELIVERED),
    (*HOME, *(f"{status}#02" for status in ("READY_TO_SHIP", "SHIPPED", "DELIVERED"))),
)
DIGITAL = Scenario(
    "mixed with digital lines",
    _codes,
    _mixed,
    "COMPLETED",
    (fo.DELIVERED, fo.DELIVERED),
    (*HOME, "DIGITAL_DELIVERED#02"),
    codes=2,
)
ALL = (SHIP_HOME, REJECTED, SHORT, CANCELLED, COLLECTED, RETURNED, KIT, DIGITAL)
