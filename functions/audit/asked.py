"""An audit that ops ask for."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.auditing import AuditBody, AuditView
from oms.edge.api import Router
from oms.edge.principal import OPS, any_of
from oms.usecases.auditing.deps import Auditing
from oms.wiring.auditing import audit_grace_s, auditing

from .run import audit

router = Router()
Deps = Annotated[Auditing, Depends(auditing)]
Grace = Annotated[int, Depends(audit_grace_s)]


@router.post(
    "/audit",
    operation_id="runAudit",
    summary="Check the invariants of what changed since the last run; what is wrong becomes a case",
    tags=["audit"],
    security=any_of(OPS),
)
def ask(body: AuditBody, deps: Deps, grace_s: Grace) -> AuditView:
    asked = grace_s if body.grace_s is None else body.grace_s
    return AuditView.model_validate(audit(asked, deps).plain())
