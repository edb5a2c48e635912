"""What people do in a scenario, through the HTTP API; after each step everything settles."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from local.seed.secrets import SECRETS
from oms.domain.model.order import Order
from oms.gateways.carriers.tariff import SIGNATURE_HEADER
from oms.gateways.signatures import hex_signature
from tests.cloud import receive

from . import web
from .world import World

STOREFRONT, STAFF, OPS = "oms/storefront", "oms/staff", "oms/ops"
PART = "POST /orders/{order_id}/fulfilment-orders/{part}"
RETURNS = "POST /orders/{order_id}/returns"
HOME = {
    "name": "Ada",
    "line1": "1 Rue",
    "city": "Paris",
    "country": "FR",
    "postal_code": "75001",
    "lat": "48.85",
    "lon": "2.35",
    "email": "ada@example.com",
}


@dataclass
class Story:
    """One order in a world, and what should have become of the stock."""

    world: World
    order_id: str = ""
    on_hand: dict[tuple[str, str], int] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.events = 0

    @property
    def order(self) -> Order:
        return self.world.orders.get(self.order_id)

    # --- stock -------------------------------------------------------------------------------

    def stocked(self, node: str, **quantities: int) -> None:
        """`SKU_001=5` at the node, before anything is counted or killed."""
        for name, quantity in quantities.items():
            sku = name.replace("_", "-")
            receive(self.world, sku, node, quantity)  # type: ignore[arg-type]
            self.expect(sku, node, quantity)
        self.world.settle()

    def expect(self, sku: str, node: str, delta: int) -> None:
        self.on_hand[sku, node] = self.on_hand.get((sku, node), 0) + delta

    def codes_loaded(self, sku: str, *codes: str) -> None:
        web.ok(self.world, "POST /products/{sku}/codes", {"codes": codes}, scope=OPS, sku=sku)
        self.codes |= set(codes)
        self.world.settle()

    # --- the storefront ------------------------------------------------------------------------

    def order_placed(self, quantities: dict[str, int], **more: Any) -> Any:
        body = {
            "channel": "web",
            "external_id": "e1",
            "currency": "EUR",
            "customer": {"id": "c1", "email": "ada@example.com", "name": "Ada"},
            "lines": [{"sku": sku, "quantity": count} for sku, count in quantities.items()],
            "shipping": 490,
            "ship_to": HOME,
            "payment": {"provider": "sandbox", "token": "tok_ok"},
        }
        placed = web.ok(self.world, "POST /orders", body | more, scope=STOREFRONT)
        self.order_id = placed["id"]
        self.world.settle()
        return placed

    def cancels(self) -> Any:
        return self._customer("POST /orders/{order_id}/cancel", {"reason": "CHANGED_MIND"})

    def asks_to_return(self, quantities: dict[int, int]) -> Any:
        lines = [
            {"line": no, "quantity": count, "reason": "DOES_NOT_FIT"}
            for no, count in quantities.items()
        ]
        return self._customer(RETURNS, {"key": "r1", "lines": lines})

    def _customer(self, key: str, body: Any) -> Any:
        answer = web.ok(self.world, key, body, scope=STOREFRONT, order_id=self.order_id)
        self.world.settle()
        return answer

    # --- nodes ---------------------------------------------------------------------------------

    def does(self, part: int, *actions: str, **body: Any) -> None:
        """Staff of the part's node, one action after the other; the body goes with each."""
        for action in actions:
            self._staff(f"{PART}/{action}", body, self.order.parts[part - 1].node, part=part)

    def ships(self, part: int) -> None:
        self.does(part, "accept", "pick", "pack", "label", "ship")
        self.gone(part)

    def gone(self, part: int) -> None:
        """What left is no longer on hand."""
        left = self.order.parts[part - 1]
        for sku, count in left.by_sku.items():
            self.expect(sku, left.node, -count)

    def arrives(self, node: str, quantities: dict[int, int]) -> None:
        lines = [{"line": no, "arrived": count} for no, count in quantities.items()]
        body = {"node": node, "lines": lines}
        self._staff(f"{RETURNS}/{{number}}/receive", body, node, number=1)

    def judged(self, node: str, verdicts: dict[int, tuple[int, str]]) -> None:
        lines = [
            {"line": no, "accepted": count, "disposition": to}
            for no, (count, to) in verdicts.items()
        ]
        body = {"node": node, "lines": lines}
        self._staff(f"{RETURNS}/{{number}}/inspect", body, node, number=1)

    def _staff(self, key: str, body: Any, node: str, **path: Any) -> None:
        more = {"scope": STAFF, "nodes": node, "order_id": self.order_id}
        web.ok(self.world, key, body, **more, **path)
        self.world.settle()

    # --- the carrier -------------------------------------------------------------------------

    def scanned(self, part: int, *statuses: str) -> None:
        for status in statuses:
            self.events += 1
            at = datetime.fromtimestamp(self.world.now, UTC).isoformat()
            events = [
                {"event_id": f"{self.events}-{box.tracking}", "tracking": box.tracking,
                 "status": status, "at": at}
                for box in self.order.parts[part - 1].packages
            ]  # fmt: skip
            body = json.dumps({"events": events})
            headers = {SIGNATURE_HEADER: hex_signature(SECRETS["carrier"], body.encode())}
            key = "POST /webhooks/carriers/{carrier}"
            web.ok(self.world, key, body, headers=headers, carrier="tariff")
            self.world.settle()
