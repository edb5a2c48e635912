"""Streams of orders and stock → bus, lake, what is awaited, business figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from oms import wiring
from oms.domain.publishing.figures import counts_of
from oms.edge.observed import observed
from oms.edge.streams import Change, changes, whole_batch
from oms.observability import count
from oms.stores.dynamo.table import from_wire
from oms.usecases.publishing.publish_changes import publish_changes
from oms.usecases.watching.list_arrivals import list_arrivals


@observed
def handler(event: dict[str, Any], context: object) -> None:
    """Raises when not all was taken: the stream delivers the batch again."""
    whole_batch(changes(event, from_wire), publish)


def publish(found: Sequence[Change]) -> None:
    live = wiring.live()
    publish_changes(found, bus=live.bus, lake=live.lake)
    if awaited := list_arrivals(found):
        live.promises.await_parts(awaited)
    figures = Counter(figure for change in found for figure in counts_of(change))
    for figure, times in figures.items():
        count(figure.name, times, **dict(figure.dimensions))
