"""Documents that suppliers are sent."""

from __future__ import annotations

from typing import Protocol


class SupplierPost(Protocol):
    def send(self, id: str, queue: str, *, number: str, status: str, body: str) -> None:
        """Put the document on the supplier's queue; what has the same `id` is a copy of it."""
