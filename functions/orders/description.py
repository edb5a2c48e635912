"""The description of the whole API, as generated."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.event_handler import Response

from oms.edge.api import Router
from oms.edge.description import description

router = Router()
CACHED = {"cache-control": "public, max-age=300"}


@router.get(
    "/openapi.json",
    operation_id="getDescription",
    summary="This description",
    tags=["description"],
)
def get_description() -> Response[Any]:
    return Response(
        status_code=200, content_type="application/json", body=description(), headers=CACHED
    )
