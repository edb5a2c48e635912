"""An order as the API shows it, with names for what tests and stories ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from local.actors.api import Api
from local.actors.patience import WITHIN_S, eventually
from oms.domain.model.node import DIGITAL


@dataclass(frozen=True, slots=True)
class Seen:
    """`raw` is `OrderView` of docs/openapi.json; what its reader may not see is absent."""

    raw: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def status(self) -> str:
        return str(self.raw["status"])

    @property
    def customer_status(self) -> str:
        return str(self.raw["customer_status"])

    @property
    def parts(self) -> list[dict[str, Any]]:
        """What nodes hold; what no node holds yet is left out."""
        return [part for part in self.raw["parts"] if part["number"]]

    @property
    def at_nodes(self) -> list[dict[str, Any]]:
        """Without what is digital."""
        return [part for part in self.parts if part["method"] != DIGITAL]

    @property
    def part_numbers(self) -> list[int]:
        return [part["number"] for part in self.parts]

    @property
    def nodes(self) -> list[str]:
        return [part["node"] for part in self.parts]

    @property
    def money(self) -> Mapping[str, Any]:
        return dict(self.raw["payment"])

    @property
    def holds(self) -> list[str]:
        return [hold["kind"] for hold in self.raw.get("holds") or []]

    @property
    def events(self) -> list[str]:
        """What happened, oldest first: "STATE.confirm", "FO.accept", …"""
        return [f"{each['of']}.{each['event']}" for each in self.raw["timeline"]]

    def __str__(self) -> str:
        parts = ", ".join(f"{p.get('node')}: {p.get('fulfilment')}" for p in self.parts)
        return f"{self.id} {self.status} {self.customer_status} [{parts}]"


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Whoever may read orders, with the token of `api`."""

    api: Api

    def see(self, order: str) -> Seen:
        return Seen(self.api.get(f"/orders/{order}"))

    def wait(
        self,
        order: str,
        fits: Callable[[Seen], object],
        *,
        within_s: float = WITHIN_S,
        waiting_for: str = "what was asked for",
    ) -> Seen:
        """The order once it fits. Raises NotInTime."""
        return eventually(
            lambda: self.see(order),
            fits,
            within_s=within_s,
            waiting_for=f"order {order}: {waiting_for}",
            describe=str,
        )

    def wait_for(self, order: str, customer_status: str, *, within_s: float = WITHIN_S) -> Seen:
        """The order once its customer sees this status."""
        return self.wait(
            order,
            lambda seen: seen.customer_status == customer_status,
            within_s=within_s,
            waiting_for=customer_status,
        )
