"""Every five minutes, and when ops ask: are the invariants kept, is stock low or too much?"""

from __future__ import annotations

from typing import Any

from oms.edge.api import Api
from oms.edge.observed import observed
from oms.wiring.auditing import audit_grace_s, auditing

from . import asked
from .run import audit

app = Api(asked.router)


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    if "routeKey" in event:
        return app.resolve(event, context)
    return audit(audit_grace_s(), auditing()).plain()
