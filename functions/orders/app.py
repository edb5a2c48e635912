"""Customers read, follow and cancel their orders, signed in or by a guest's link."""

from __future__ import annotations

from typing import Any

from oms.edge.api import Api
from oms.edge.observed import observed

from . import changes, description, orders, tracking

app = Api(orders.router, changes.router, tracking.router, description.router)


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
