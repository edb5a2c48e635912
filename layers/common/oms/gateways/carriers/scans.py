"""Carrier scans as they arrive: one signed body, a batch of events.

    {"events": [{"event_id": "1", "tracking": "SW…", "status": "IN_TRANSIT",
                 "at": "2026-11-23T10:15:00+01:00", "place": "Leipzig", "eta": "2026-11-26"}]}

`reference` is the shipper's own: the id of the label request, as carriers echo it. `eta` is the day
on which the carrier expects to deliver now.
A status that we do not know becomes UNKNOWN and keeps its raw word: a scan is never lost.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints, ValidationError

from ...domain.errors import ValidationFailed
from ...domain.model.shipping import TRACKING, UNKNOWN, TrackingUpdate

MAX_EVENTS = 1_000
MAX_BODY = 1_000_000

Id = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class Scan(BaseModel):
    event_id: Id
    tracking: Id
    status: Annotated[str, StringConstraints(max_length=100)]
    at: AwareDatetime
    place: Annotated[str, StringConstraints(max_length=200)] = ""
    reference: Annotated[str, StringConstraints(max_length=100)] = ""
    eta: date | None = None


class Batch(BaseModel):
    events: Annotated[list[Scan], Field(max_length=MAX_EVENTS)]


def scans(body: bytes) -> list[TrackingUpdate]:
    """In the order given; raises ValidationFailed naming each wrong field."""
    if len(body) > MAX_BODY:
        raise ValidationFailed(f"More than {MAX_BODY} bytes")
    try:
        batch = Batch.model_validate_json(body)
    except ValidationError as error:
        fields = {
            "".join(f"/{step}" for step in wrong["loc"]): wrong["msg"] for wrong in error.errors()
        }
        raise ValidationFailed("The scans are not readable", fields=fields) from error
    return [_update(scan) for scan in batch.events]


def _update(scan: Scan) -> TrackingUpdate:
    status = scan.status.strip().upper()
    return TrackingUpdate(
        event_id=scan.event_id,
        tracking=scan.tracking,
        status=status if status in TRACKING else UNKNOWN,
        at=int(scan.at.timestamp()),
        place=scan.place,
        raw_status=scan.status,
        reference=scan.reference,
        eta=scan.eta.isoformat() if scan.eta else "",
    )
