"""Stock at nodes: reported, counted, planned, and what a person is to look at."""

from __future__ import annotations

from typing import Any

from oms.edge.api import Api
from oms.edge.observed import observed

from . import cases, counts, planning, reports

app = Api(reports.router, counts.router, planning.router, cases.router)


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
