"""Node staff prepare and hand over parts, and stop their node."""

from __future__ import annotations

from typing import Any

from oms.edge.api import Api
from oms.edge.observed import observed

from . import nodes, steps, work

app = Api(work.router, steps.router, nodes.router)


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
