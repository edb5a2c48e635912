"""What shoppers ask before they order: dates and prices of delivery, and carts that hold stock."""

from __future__ import annotations

from typing import Any

from oms.edge.api import Api
from oms.edge.observed import observed

from . import availability, reservations

app = Api(availability.router, reservations.router)


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
