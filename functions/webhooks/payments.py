"""Payment providers report. What a provider sends is signed as that provider signs."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.edge.api import Router
from oms.edge.params import Headers, Name, RawBody
from oms.usecases.paying.apply_provider_event import apply_provider_event
from oms.usecases.paying.deps import Paying
from oms.wiring.paying import paying

router = Router()
Deps = Annotated[Paying, Depends(paying)]


@router.post(
    "/webhooks/payments/<provider>",
    operation_id="receivePaymentReport",
    summary="Take what a payment provider reports, signed as that provider signs",
    tags=["webhooks"],
    status_code=204,
)
def receive_report(provider: Name, body: RawBody, headers: Headers, deps: Deps) -> None:
    apply_provider_event(deps.gateways.named(provider).event(headers, body), deps)
