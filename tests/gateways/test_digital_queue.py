"""What is asked of the function `digital` without the bus looks to it like an event of the bus."""

from __future__ import annotations

import json
from typing import Any

from oms.contracts.bus_event import BusEvent
from oms.contracts.parse import parse
from oms.gateways.digital_queue import SqsDigitalQueue


class Sqs:
    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    def send_message(self, **sent: Any) -> None:
        self.sent.append(sent)


def test_the_message_names_the_part_as_an_event_does() -> None:
    sqs = Sqs()
    SqsDigitalQueue(sqs, "queue").ask("0A4H1DAAYBKN32RQ", 2)
    (sent,) = sqs.sent
    about = parse(BusEvent, json.loads(sent["MessageBody"])).detail
    assert (sent["QueueUrl"], about.order_id, about.number) == ("queue", "0A4H1DAAYBKN32RQ", 2)
