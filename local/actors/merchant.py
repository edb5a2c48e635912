"""Whoever steers sourcing: drafts rules, tries them, lets them decide, takes them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.actors.api import Api
from local.actors.lines import Cart
from local.actors.patience import eventually
from local.actors.people import CAMILLE, Person

Rules = Mapping[str, Any]  # docs/sourcing.md
Version = dict[str, Any]  # `RulesView` of docs/openapi.json
Decision = dict[str, Any]  # `DecisionView` of docs/openapi.json


@dataclass(frozen=True, slots=True)
class Merchant:
    """Of one profile of rules; `api` has the right of operations."""

    api: Api
    profile: str = "default"

    def draft(self, rules: Rules, note: str = "") -> Version:
        return dict(self.api.post(self._path("versions"), {"rules": rules, "note": note}))

    def validate(self, number: int) -> Version:
        return dict(self.api.post(self._path(f"versions/{number}/validate")))

    def activate(self, number: int) -> Version:
        return dict(self.api.post(self._path(f"versions/{number}/activate")))

    def go_live(self, rules: Rules, note: str = "") -> Version:
        """Draft, validate and activate."""
        number = self.draft(rules, note)["number"]
        self.validate(number)
        return self.activate(number)

    def roll_back(self, wrong: int) -> Version:
        return dict(self.api.post(self._path("rollback"), {"from": wrong}))

    def versions(self) -> dict[str, Any]:
        return dict(self.api.get(self._path("versions")))

    def profiles(self) -> dict[str, dict[str, Any]]:
        """By name."""
        return {each["profile"]: each for each in self.api.get("/sourcing/profiles")["items"]}

    def simulate(
        self, cart: Cart, *, to: Person = CAMILLE, channel: str = "web", **more: Any
    ) -> dict[str, Any]:
        """What would happen to this cart; `more` as in `SimulateBody`."""
        place = {name: to.address[name] for name in ("country", "lat", "lon") if name in to.address}
        lines = [{"sku": sku, "quantity": quantity} for sku, quantity in cart.items()]
        basket: dict[str, Any] = {"channel": channel, "lines": lines, "profile": self.profile}
        body = basket | place | more
        return dict(self.api.post("/sourcing/simulate", body))

    def replay(self, name: str, version: int, **what: Any) -> dict[str, Any]:
        """Ask for a replay: `days`, or `file` in the inbox bucket."""
        body = {"profile": self.profile, "version": version, **what}
        return dict(self.api.put(f"/sourcing/replays/{name}", body))

    def replayed(self, name: str) -> dict[str, Any]:
        """Once it has ended."""
        return eventually(
            lambda: dict(self.api.get(f"/sourcing/replays/{name}")),
            lambda told: told["status"] in ("DONE", "FAILED"),
            waiting_for=f"the replay {name}",
        )

    def decisions(self, order: str) -> list[Decision]:
        """Why this order went where it went, oldest first."""
        return list(self.api.get(f"/orders/{order}/decisions")["decisions"])

    def _path(self, what: str) -> str:
        return f"/sourcing/profiles/{self.profile}/{what}"
