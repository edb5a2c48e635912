"""The edge of the decisions about an order."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.model.order import Order
from .http import Response


def decisions(order: Order, names: Mapping[str, str]) -> Response:
    from ..contracts.decisions import decisions_answer

    snapshot = order.snapshot
    whose = (order.id, snapshot.promise, order.decisions)
    return Response(200, decisions_answer(*whose, names, snapshot.currency))
