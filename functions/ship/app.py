"""Node staff prepare and hand over parts; carriers tell where parcels are."""

from __future__ import annotations

from typing import Any

from oms.edge.api import Api
from oms.edge.observed import observed

from . import carriers, nodes, steps, work

app = Api(work.router, steps.router, nodes.router, carriers.router)


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
