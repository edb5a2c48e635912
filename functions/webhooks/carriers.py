"""Carriers tell where parcels are. What a carrier sends is signed; it has no token."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.staff import TrackedView
from oms.edge.api import Router
from oms.edge.params import Headers, Name, RawBody
from oms.observability import count, logger
from oms.usecases.preparing.deps import Preparing
from oms.usecases.preparing.track_parcel import NOT_OURS
from oms.usecases.returning.deps import Returning
from oms.usecases.returning.take_back_undelivered import follow_scan
from oms.wiring.preparing import preparing
from oms.wiring.returning import returning

router = Router()
Deps = Annotated[Preparing, Depends(preparing)]
Returns = Annotated[Returning, Depends(returning)]


@router.post(
    "/webhooks/carriers/<carrier>",
    operation_id="receiveScans",
    summary="Signed scans of a carrier",
    tags=["webhooks"],
)
def receive_scans(
    carrier: Name, body: RawBody, headers: Headers, deps: Deps, back: Returns
) -> TrackedView:
    scans = sorted(deps.carrier.tracking(headers, body), key=lambda scan: scan.at)
    return _tally([follow_scan(scan, preparing=deps, returning=back).outcome for scan in scans])


def _tally(outcomes: list[str]) -> TrackedView:
    """The answer is the same when scans come again; what was news is a metric."""
    found = Counter(outcomes)
    for outcome, number in found.items():
        count("CarrierScans", number, outcome=outcome.lower())
    if found[NOT_OURS]:
        logger.warning("scans of parcels that are not ours", extra={"scans": found[NOT_OURS]})
    return TrackedView(accepted=found.total() - found[NOT_OURS], not_ours=found[NOT_OURS])
