"""Streams of orders and stock → bus and lake."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.batches import changes
from oms.stores.table import from_wire
from oms.usecases.telling.publish_changes import publish_changes


def handler(event: dict[str, Any], context: object) -> None:
    """Raises when not all was taken: the stream delivers the batch again."""
    live = wiring.live()
    found = tuple(changes(event, from_wire))
    publish_changes(found, bus=live.bus, lake=live.lake)
