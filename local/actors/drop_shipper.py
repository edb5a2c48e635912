"""A supplier that sends to the customer itself, in the words of a purchase order."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from local.actors.patience import eventually
from local.actors.staff import Crew, Part
from local.stack import Stack

Purchase = dict[str, Any]  # `PurchaseView` of docs/openapi.json


@dataclass(frozen=True, slots=True)
class PurchaseInbox:
    """The supplier's own queue: what came for each purchase order; a copy of it is no news."""

    sqs: Any
    url: str
    came: dict[str, dict[str, Purchase]] = field(default_factory=dict)  # number → status → it

    @classmethod
    def of(cls, stack: Stack, queue: str) -> PurchaseInbox:
        sqs = stack.client("sqs")
        return cls(sqs, sqs.get_queue_url(QueueName=queue)["QueueUrl"])

    def read(self, number: str) -> dict[str, Purchase]:
        found = self.sqs.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=10, WaitTimeSeconds=1
        )
        for message in found.get("Messages", []):
            document = json.loads(message["Body"])
            self.came.setdefault(document["number"], {})[document["status"]] = document
            self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        return self.came.get(number, {})


@dataclass(frozen=True, slots=True)
class DropShipper:
    """Whoever works for one supplier."""

    crew: Crew
    inbox: PurchaseInbox

    def wait_for(self, order: str, part: int, status: str = "SENT") -> Purchase:
        """The document that came to the supplier's queue."""
        number = f"{order}-{part}"
        return eventually(
            lambda: self.inbox.read(number),
            lambda came: status in came,
            waiting_for=f"purchase order {number} to be told {status}",
        )[status]

    def see(self, order: str, part: int) -> Purchase:
        return dict(self.crew.api.get(f"/orders/{order}/fulfilment-orders/{part}/purchase-order"))

    def acknowledge(self, order: str, part: int, **body: object) -> Part:
        """`ship_by`: where it is later than promised."""
        return self.crew.do("acknowledge", order, part, **body)

    def ship(self, order: str, part: int, *tracking: str, **body: object) -> Part:
        """One parcel for each tracking number; `shipped`, `reasons` by line number."""
        told = {"carrier": "Corriere", "tracking": list(tracking), **body}
        return self.crew.do("shipped-notice", order, part, **told)
