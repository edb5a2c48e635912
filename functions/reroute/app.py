"""What no node has accepted is moved."""

from __future__ import annotations

from typing import Any

from oms.edge.api import Api
from oms.edge.observed import observed

from . import moves

app = Api(moves.router)


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
