"""A web shop in front of the API: it places orders and shows them to its shoppers."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from local.actors.lines import Cart, cents, total
from local.actors.people import CAMILLE, Person
from local.actors.seen import Onlooker

CARD, DECLINED_CARD = "tok_ok", "tok_decline"  # see gateways/payments/simulator.py
SHIPPING_CENTS = 490


def _new_prefix() -> str:
    return uuid.uuid4().hex[:8].upper()


@dataclass(frozen=True, slots=True)
class Storefront(Onlooker):
    """Every order gets an external id of its own, unless one is given."""

    prefix: str = field(default_factory=_new_prefix)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def new_id(self) -> str:
        return f"{self.prefix}-{next(self._numbers):04d}"

    def place(self, cart: Cart, **wishes: Any) -> str:
        """Our id of a new order; `wishes` as in `body`. Raises Problem where it is refused."""
        return str(self.send(self.body(cart, **wishes))["id"])

    def send(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to `POST /orders` (`PlacedView`)."""
        return dict(self.api.post("/orders", body))

    def body(
        self,
        cart: Cart,
        *,
        to: Person = CAMILLE,
        channel: str = "web",
        pay_with: str = CARD,
        collect_at: str = "",
        service: str = "standard",
        day: str = "",
        id: str = "",
        reservation: str = "",
        carried: bool = True,
    ) -> dict[str, Any]:
        """An order to ship, or to collect at the node `collect_at`; `carried` False: nothing of it
        goes anywhere, all is digital.
        """
        shipping = SHIPPING_CENTS if carried and not collect_at else 0
        method = {"method": "PICKUP", "node": collect_at} if collect_at else {"method": "SHIP"}
        return {
            "channel": channel,
            "external_id": id or self.new_id(),
            "currency": "EUR",
            "customer": to.customer,
            "lines": [
                {"sku": sku, "quantity": quantity, "unit_price": cents(sku)}
                for sku, quantity in cart.items()
            ],
            "shipping": shipping,
            "total": total(cart) + shipping,
            "delivery": {**method, "service": service, **({"day": day} if day else {})},
            **({"ship_to": to.address} if carried and not collect_at else {}),
            "payment": {"token": pay_with},
            **({"reservation": reservation} if reservation else {}),
        }

    def reserve(
        self, cart: Cart, *, to: Person = CAMILLE, key: str = "", ttl_s: int = 900
    ) -> dict[str, Any]:
        """Hold a cart's stock to ship it; the answer is a `ReservationView`."""
        lines = [{"sku": sku, "quantity": quantity} for sku, quantity in cart.items()]
        body = {
            "key": key or self.new_id(),
            "channel": "web",
            "lines": lines,
            "destination": {name: to.address[name] for name in ("country", "lat", "lon")},
            "ttl_s": ttl_s,
        }
        return dict(self.api.post("/reservations", body))

    def reservation(self, id: str) -> dict[str, Any]:
        return dict(self.api.get(f"/reservations/{id}"))

    def extend(self, id: str, ttl_s: int) -> dict[str, Any]:
        return dict(self.api.post(f"/reservations/{id}/extend", {"ttl_s": ttl_s}))

    def let_go(self, id: str) -> dict[str, Any]:
        return dict(self.api.post(f"/reservations/{id}/release"))

    def availability(self, cart: Cart, country: str = "FR", **more: object) -> dict[str, Any]:
        """What can be promised for a cart."""
        lines = [{"sku": sku, "quantity": quantity} for sku, quantity in cart.items()]
        body = {"channel": "web", "country": country, "lines": lines, **more}
        return dict(self.api.post("/availability", body))
