"""One story: it says a line for each step, and knows where its orders should end."""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from local.actors.patience import NotInTime
from local.actors.seen import Seen
from local.actors.world import World

Say = Callable[["Line"], None]

# what the customer sees at the end → status of the order, how much of its price is charged
ENDS = {
    "DELIVERED": ("COMPLETED", "FULL"),
    "PICKED_UP": ("COMPLETED", "FULL"),
    "CANCELLED": ("CANCELLED", "NONE"),
    "UNCOLLECTED": ("CANCELLED", "NONE"),
    "SUPPORT_WAITING": ("IN_FULFILMENT", "NONE"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What happened to an order, as it happened. `seconds` since the demo began."""

    seconds: float
    order: str
    node: str
    status: str
    text: str


class Standing(NamedTuple):
    """How an order stands: for its customer, for us, and how much of it is charged."""

    customer_status: str
    status: str
    charged: str

    @classmethod
    def of(cls, seen: Seen) -> Standing:
        return cls(seen.customer_status, seen.status, seen.money["charged"])


@dataclass(frozen=True, slots=True)
class End:
    """Where an order was expected to end and where it is."""

    order: str
    expected: Standing
    reached: Standing

    @property
    def good(self) -> bool:
        return self.expected == self.reached


@dataclass(slots=True)
class Tale:
    """Handed to each scenario: the world to act in, and a voice."""

    title: str
    world: World
    say_line: Say
    began: float
    orders: list[str] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)
    fault: str = ""

    def begin(self, order: str, text: str) -> str:
        """A new order of this story; its id, for convenience."""
        self.orders.append(order)
        self.tell(order, text)
        return order

    def tell(self, order: str, text: str, node: str = "") -> None:
        """Say what happened, with the customer's status as it is now."""
        status = self.world.service.see(order).customer_status
        self.say_line(Line(time.monotonic() - self.began, order, node, status, text))

    def ends_as(self, order: str, customer_status: str, text: str) -> None:
        """Wait for the end that the customer sees, then for the order and its money to follow."""
        expected = Standing(customer_status, *ENDS[customer_status])
        try:
            self.world.service.wait(order, lambda seen: Standing.of(seen)[0] == customer_status)
            self.tell(order, text)
            self.world.service.wait(order, lambda seen: Standing.of(seen) == expected)
        except NotInTime:
            pass  # said below
        reached = Standing.of(self.world.service.see(order))
        self.ends.append(End(order, expected, reached))

    @property
    def good(self) -> bool:
        return not self.fault and bool(self.ends) and all(end.good for end in self.ends)


Scenario = Callable[[Tale], None]


def play(scenario: Scenario, tale: Tale) -> Tale:
    """Run one scenario; whatever goes wrong becomes the tale's `fault`."""
    try:
        scenario(tale)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)
        step = next((f for f in reversed(where) if f.filename.endswith("scenarios.py")), where[-1])
        tale.fault = f"{type(error).__name__} at {step.name}:{step.lineno}: {error}"
    return tale


class Voice:
    """Lines of several stories at once, each printed whole."""

    def __init__(self, write: Callable[[str], None]) -> None:
        self.write = write
        self.lock = threading.Lock()

    def __call__(self, line: Line) -> None:
        text = (
            f"{line.seconds:6.1f} s  {line.order:16}  {line.node:12}  {line.status:17}  {line.text}"
        )
        with self.lock:
            self.write(text)
