"""Goods on their way, as whoever orders, sends and receives them moves their documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from local.actors.api import Api

Document = dict[str, Any]  # `SupplyDocumentView` of docs/openapi.json
ORDERS, NOTICES, TRANSFERS = "/purchase-orders", "/advance-notices", "/transfers"


@dataclass(frozen=True, slots=True)
class Logistics:
    """`api` with the rights of a node's staff, or of ops."""

    api: Api

    def make(self, path: str, id: str, lines: Mapping[str, int], **more: object) -> Document:
        rows = [{"sku": sku, "quantity": units} for sku, units in lines.items()]
        return dict(self.api.post(path, {"id": id, "lines": rows, **more}))

    def do(self, path: str, id: str, step: str, **body: object) -> Document:
        return dict(self.api.post(f"{path}/{id}/{step}", body))

    def receive(
        self, path: str, id: str, receipt: str, came: Mapping[str, int], **wrong: Mapping[str, int]
    ) -> Document:
        """`came`: SKU → good units; `wrong`: reason → SKU → units."""
        lines = [
            {
                "sku": sku,
                "received": came.get(sku, 0),
                "discrepancies": {why: each[sku] for why, each in wrong.items() if sku in each},
            }
            for sku in {**came, **{sku: 0 for each in wrong.values() for sku in each}}
        ]
        return dict(self.api.post(f"{path}/{id}/receive", {"id": receipt, "lines": lines}))

    def see(self, path: str, id: str) -> Document:
        return dict(self.api.get(f"{path}/{id}"))
