"""The carrier: it scans its parcels and reports each scan by signed webhook."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from local.actors.api import JSON, Api
from local.actors.staff import Part
from oms.gateways.signatures import hex_signature

IN_TRANSIT, OUT_FOR_DELIVERY, DELIVERED = "IN_TRANSIT", "OUT_FOR_DELIVERY", "DELIVERED"
FAILURE = "FAILURE"


@dataclass(frozen=True, slots=True)
class CarrierBot:
    """`reference_of`: tracking number → the shipper's reference, from the carrier's own books."""

    api: Api
    secret: str
    reference_of: Callable[[str], str]
    carrier: str = "swift"
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def deliver(self, *parts: Part) -> None:
        """Every parcel of these parts moves and arrives."""
        for status in (IN_TRANSIT, DELIVERED):
            self.scan(status, *parts)

    def scan(self, status: str, *parts: Part, **more: str) -> Any:
        """One scan of every parcel of these parts, in one webhook."""
        numbers = [package["tracking"] for part in parts for package in part["packages"]]
        return self.send([self.event(status, number, **more) for number in numbers])

    def event(self, status: str, tracking: str, **more: str) -> dict[str, str]:
        """A scan of now, with an id of its own; `more`: place, eta, at as in a webhook."""
        at = datetime.now(UTC)
        return {
            "event_id": f"{tracking}-{int(at.timestamp())}-{next(self._numbers)}",
            "tracking": tracking,
            "status": status,
            "at": at.isoformat(),
            "reference": self.reference_of(tracking),
            **more,
        }

    def send(self, events: list[dict[str, str]], *, secret: str | None = None) -> Any:
        """The answer to the webhook. Another `secret` is what an impostor would sign with."""
        raw = json.dumps({"events": events}).encode()
        signature = hex_signature(self.secret if secret is None else secret, raw)
        headers = {**JSON, "x-oms-signature": signature}
        return self.api.call("POST", f"/webhooks/carriers/{self.carrier}", raw, headers).body
