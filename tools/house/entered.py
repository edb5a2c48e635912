"""How much of the code a request enters: distinct files and functions of `oms` and `functions`.

Real handlers on tables in process, workers warm: an order is placed, accepted, shipped and comes
back once before the one that is measured. A comprehension or a lambda belongs to its function.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from oms.observability import logger
from tests.inprocess import web
from tests.inprocess.story import OPS, Story
from tests.inprocess.world import World

ROOT = Path(__file__).resolve().parents[2]
SEEN = tuple(f"{ROOT / folder}/" for folder in ("layers/common/oms", "functions"))
NODE = "dc-lille"
ORDERED = {"SKU-001": 1, "SKU-002": 2}
REQUESTS = {
    "order": "POST /orders",
    "accept": "POST /orders/{order_id}/fulfilment-orders/{part}/accept",
    "return_received": "POST /orders/{order_id}/returns/{number}/receive",
    "feed": "POST /stock/feeds",
}


@dataclass(slots=True)
class Entered:
    functions: set[tuple[str, int, str]] = field(default_factory=set)  # file, line, name

    @property
    def by_file(self) -> dict[str, list[str]]:
        """Path → names of its functions, in their order."""
        found: dict[str, list[str]] = {}
        for file, _, name in sorted(self.functions):
            found.setdefault(str(Path(file).relative_to(ROOT)), []).append(name)
        return found

    def add(self, code: CodeType) -> None:
        if code.co_filename.startswith(SEEN) and not code.co_name.startswith("<"):
            self.functions.add((code.co_filename, code.co_firstlineno, code.co_name))


class WatchedWorld(World):
    """Remembers what the latest request of each route entered."""

    def __init__(self) -> None:
        super().__init__()
        self.entered: dict[str, Entered] = {}

    def invoke(self, function: str, event: dict[str, Any]) -> Any:
        if "routeKey" not in event:
            return super().invoke(function, event)
        with watched() as entered:
            answer = super().invoke(function, event)
        self.entered[event["routeKey"]] = entered
        return answer


@contextmanager
def watched() -> Iterator[Entered]:
    entered = Entered()

    def see(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            entered.add(frame.f_code)

    sys.setprofile(see)
    try:
        yield entered
    finally:
        sys.setprofile(None)


def entered_by_requests() -> dict[str, Entered]:
    """By the second of two ordinary orders, its acceptance and return, and a feed of stock."""
    logger.setLevel("ERROR")  # its lines would stand between the figures
    world = WatchedWorld()
    for name in ("first", "second"):
        _live_through(Story(world), name)
    return {name: world.entered[route] for name, route in REQUESTS.items()}


def _live_through(story: Story, name: str) -> None:
    feed = {
        "id": f"feed-{name}",
        "node": NODE,
        "kind": "DELTA",
        "lines": [{"sku": sku, "quantity": 9} for sku in ORDERED],
    }
    web.ok(story.world, "POST /stock/feeds", feed, scope=OPS)
    story.world.settle()
    story.order_placed(ORDERED, external_id=name)
    story.ships(1)
    story.scanned(1, "DELIVERED")
    story.asks_to_return({1: 1})
    story.arrives(NODE, {1: 1})
