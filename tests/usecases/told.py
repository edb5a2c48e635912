"""What the bus is told of a row's last step."""

from __future__ import annotations

from oms.contracts.bus_events import contract_of
from oms.domain.publishing.events import Event, event_of
from oms.edge.streams import Change
from tests.cloud import NOW, World


def told(cloud: World, pk: str, sk: str) -> Event:
    row = cloud.stock.table.get(pk, sk)
    event = event_of(Change("1", pk, sk, None, row, NOW))
    assert event
    contract_of(event.type).model_validate(dict(event.detail))
    assert event_of(Change("1", pk, sk, row, row, NOW)) is None, "nothing new, nothing told"
    return event
