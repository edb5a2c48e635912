"""Every five minutes, and when ops ask: are the invariants kept, is stock low or too much?"""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.auditing import grace_of
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.observability import count
from oms.usecases.auditing.run_audit import AuditReport, run_audit
from oms.wiring.auditing import auditing


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    if "routeKey" in event:
        return serve(event, ROUTES)
    return audit(wiring.live().audit_grace_s).plain()


def asked(request: Request) -> Response:
    grace_s = grace_of(request, wiring.live().audit_grace_s)
    return Response(200, audit(grace_s).plain())


def audit(grace_s: int) -> AuditReport:
    report = run_audit(grace_s, auditing())
    count("Discrepancies", len(report.cases))
    count("StockAlerts", report.alerts)
    return report


ROUTES = {"POST /audit": asked}
