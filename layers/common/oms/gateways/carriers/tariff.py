"""A carrier of our own, run from a tariff: labels, voids and signed tracking webhooks.

It remembers each label under `label#<tracking>`. The number is a function of the request's id,
so a repeated request finds its label; a repeated id with another content is refused, and so is
one whose label was voided: a new label is a new id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...domain.errors import IdempotencyConflict, LostRace, NotFound
from ...domain.model.money import Money
from ...domain.model.shipping import Label, LabelRequest, TrackingUpdate
from ...ports import Memory
from ..signatures import header, hex_signature, require_signature
from .rates import Tariff, price, zone
from .scans import scans
from .tracking_number import tracking_number

SIGNATURE_HEADER = "x-oms-signature"
MAX_TRIES = 10
BOUGHT, VOID = "BOUGHT", "VOID"


class TariffCarrier:
    def __init__(self, config: Tariff, memory: Memory, webhook_secret: str) -> None:
        """`config`: see rates.py."""
        self._tariff, self._memory, self._secret = config, memory, webhook_secret

    def buy_label(self, request: LabelRequest) -> Label:
        in_zone = zone(self._tariff, request.sender.country, request.recipient.country)
        cost = price(self._tariff, request.service, in_zone, request.parcel.weight_g)
        asked = {
            "id": request.id,
            "service": request.service,
            "zone": in_zone,
            "weight_g": request.parcel.weight_g,
            "price": cost.minor,
            "currency": cost.currency,
            "status": BOUGHT,
        }
        for attempt in range(MAX_TRIES):
            number = tracking_number(self._tariff["id"], request.id, attempt)
            sold = self._sold(number, asked)
            if sold["id"] == request.id:
                return self._label(number, sold, asked)
        raise LostRace(f"No free tracking number for {request.id}")

    def void_label(self, tracking: str) -> None:
        for _ in range(MAX_TRIES):
            sold, version = self._memory.get(_key(tracking))
            if sold is None:
                raise NotFound(f"There is no label {tracking}")
            if sold["status"] == VOID:
                return
            try:
                self._memory.put(_key(tracking), {**sold, "status": VOID}, expected_version=version)
            except LostRace:
                continue
            return
        raise LostRace(f"{tracking} changed {MAX_TRIES} times meanwhile")

    def tracking(self, headers: Mapping[str, str], body: bytes) -> list[TrackingUpdate]:
        """Each with the reference under which its label was bought, as far as it was."""
        require_signature(self._secret, body, header(headers, SIGNATURE_HEADER))
        return [self._referred(update) for update in scans(body)]

    def _referred(self, update: TrackingUpdate) -> TrackingUpdate:
        sold, _ = self._memory.get(_key(update.tracking))
        return replace(update, reference=sold["id"]) if sold else update

    def signed(self, body: bytes) -> dict[str, str]:
        """The headers with which this carrier sends a body: for demo traffic and tests."""
        return {SIGNATURE_HEADER: hex_signature(self._secret, body)}

    def _sold(self, number: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        """What stands under the number: `asked` if it was free."""
        sold, version = self._memory.get(_key(number))
        if sold is not None:
            return sold
        try:
            self._memory.put(_key(number), asked, expected_version=version)
        except LostRace:
            return self._sold(number, asked)
        return dict(asked)

    def _label(self, number: str, sold: dict[str, Any], asked: dict[str, Any]) -> Label:
        if sold["status"] == VOID:
            raise IdempotencyConflict(f"The label of {sold['id']} was voided")
        if (sold["service"], sold["zone"], sold["weight_g"]) != (
            asked["service"],
            asked["zone"],
            asked["weight_g"],
        ):
            raise IdempotencyConflict(f"{sold['id']} was used for another parcel")
        return Label(
            tracking=number,
            carrier=self._tariff["id"],
            service=sold["service"],
            barcode=number,
            price=Money(sold["price"], sold["currency"]),
        )


def _key(tracking: str) -> str:
    return f"label#{tracking}"
