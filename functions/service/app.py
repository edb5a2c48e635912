"""Customer service and operations help an order on, and see why it went where it went."""

from __future__ import annotations

from typing import Any

from oms.edge.api import Api
from oms.edge.observed import observed

from . import cases, casework, decisions, moves, orders

app = Api(orders.router, cases.router, casework.router, decisions.router, moves.router)


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
