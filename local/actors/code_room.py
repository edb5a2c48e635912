"""Whoever keeps the codes of digital products: loads them, and reads what customers were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from local.actors.api import Api


@dataclass(frozen=True, slots=True)
class CodeRoom:
    """`api` with the scope of operations, `reader` with the one that shows codes."""

    api: Api
    reader: Api

    def load(self, sku: str, codes: Sequence[str]) -> dict[str, Any]:
        return dict(self.api.post(f"/products/{sku}/codes", {"codes": list(codes)}))

    def pool(self, sku: str) -> dict[str, Any]:
        return dict(self.api.get(f"/products/{sku}/codes"))

    def goods(self, order: str) -> list[dict[str, Any]]:
        """What the customer was given, a unit each."""
        return list(self.reader.get(f"/orders/{order}/digital-goods")["goods"])

    def codes(self, order: str) -> list[str]:
        return [good["code"] for good in self.goods(order) if "code" in good]
