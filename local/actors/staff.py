"""People at the nodes: they see their node's work and do it, step by step, each with a token
that is good for one node only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from local.actors.api import Api
from local.actors.patience import WITHIN_S, eventually
from local.actors.seen import Seen

Part = dict[str, Any]  # `FulfilmentOrderView` of docs/openapi.json
Told = Callable[[str, Part], None]  # what was done, the part after it

TO_SHIP = ("accept", "pick", "pack", "label", "ship")
TO_SHELVE = ("accept", "pick", "pack", "shelve")
DONE = frozenset({"SHIPPED", "DELIVERED", "PICKED_UP", "READY_FOR_PICKUP", "CANCELLED"})


def _silent(action: str, part: Part) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Staff of one node."""

    api: Api
    node: str

    def work(self) -> list[Part]:
        """Open parts of this node, oldest first."""
        page = self.api.get(f"/nodes/{self.node}/work", limit=100)
        found: list[Part] = page["items"]
        while page["next"]:
            page = self.api.get(f"/nodes/{self.node}/work", limit=100, cursor=page["next"])
            found += page["items"]
        return found

    def see(self, order: str, part: int) -> Part:
        return dict(self.api.get(f"/orders/{order}/fulfilment-orders/{part}"))

    def do(self, action: str, order: str, part: int, **body: object) -> Part:
        """One step, for example `do("accept", order, 1)`. Raises Problem where it is refused."""
        return dict(self.api.post(f"/orders/{order}/fulfilment-orders/{part}/{action}", body))

    def stop(self, reason: str, until: str | None = None) -> dict[str, Any]:
        """This node takes no orders until then, or until it is opened."""
        body = {"online": False, "reason": reason, **({"until": until} if until else {})}
        return dict(self.api.put(f"/nodes/{self.node}/status", body))

    def open(self, reason: str = "open again") -> dict[str, Any]:
        return dict(self.api.put(f"/nodes/{self.node}/status", {"online": True, "reason": reason}))

    def standing(self) -> dict[str, Any]:
        return dict(self.api.get(f"/nodes/{self.node}/status"))

    def labels(self, order: str, part: int) -> list[dict[str, Any]]:
        return list(self.api.get(f"/orders/{order}/fulfilment-orders/{part}/labels")["labels"])

    def receive(self, id: str, sku: str, quantity: int) -> Any:
        """Goods arrive here; `id` is that of the delivery note."""
        body = {"id": id, "sku": sku, "node": self.node, "quantity": quantity, "cause": "delivery"}
        return self.api.post("/stock/receipts", body)

    def stock(self, sku: str) -> dict[str, Any] | None:
        """This node's stock of a SKU, None where it never had any."""
        items = self.api.get(f"/stock/{sku}")["items"]
        return next((item for item in items if item["node"] == self.node), None)


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody at every node. `see`: an order as customer service sees it."""

    crew: Callable[[str], Crew]
    see: Callable[[str], Seen]

    def at(self, node: str) -> Crew:
        return self.crew(node)

    def parts(self, order: str) -> list[Part]:
        """The live parts of an order as their nodes see them; what is digital is at none."""
        seen = self.see(order)
        return [self.at(p["node"]).see(order, p["number"]) for p in seen.at_nodes]

    def wait_for_parts(
        self,
        order: str,
        count: int = 1,
        *,
        after: int = 0,
        within_s: float = WITHIN_S,
    ) -> list[Part]:
        """The live parts whose number is above `after`, once there are `count` of them."""
        eventually(
            lambda: self.see(order),
            lambda seen: len([p for p in seen.at_nodes if p["number"] > after]) >= count,
            within_s=within_s,
            waiting_for=f"{count} parts of order {order}",
            describe=str,
        )
        return [part for part in self.parts(order) if part["part"] > after]

    def wait_for_part(self, order: str, *, after: int = 0, within_s: float = WITHIN_S) -> Part:
        """The first of them."""
        return self.wait_for_parts(order, after=after, within_s=within_s)[0]

    def do(self, action: str, part: Part, **body: object) -> Part:
        """One step by the staff of the part's node."""
        return self.at(part["node"]).do(action, part["order_id"], part["part"], **body)

    def finish(self, part: Part, told: Told = _silent) -> Part:
        """All steps that are left: until it is shipped, or lies ready to be collected."""
        steps = TO_SHELVE if part["method"] == "PICKUP" else TO_SHIP
        part = self.at(part["node"]).see(part["order_id"], part["part"])
        for action in steps:
            if action in part["supported_actions"]:
                part = self.do(action, part, version=part["version"])
                told(action, part)
        return part

    def work_through(
        self, order: str, told: Told = _silent, *, parts: int = 1, within_s: float = WITHIN_S
    ) -> list[Part]:
        """Wait until the order has this many live parts, then do all steps for every one."""
        live = self.wait_for_parts(order, parts, within_s=within_s)
        return [part if part["status"] in DONE else self.finish(part, told) for part in live]
