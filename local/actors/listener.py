"""Somebody outside who hears the bus: a queue of its own, with all events about one thing."""

from __future__ import annotations

import json
from typing import Any

from local.stack import Stack

WAIT_S = 1
MOST = 10


class Listener:
    """Hears what is told from now on of whatever has this value in a field: a SKU, a document."""

    def __init__(self, stack: Stack, name: str, value: str, field: str = "sku") -> None:
        self.sqs = stack.client("sqs")
        self.url = self.sqs.create_queue(QueueName=name)["QueueUrl"]
        answer = self.sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=["QueueArn"])
        events, bus = stack.client("events"), stack.physical("Bus")
        pattern = json.dumps({"source": ["oms"], "detail": {field: [value]}})
        events.put_rule(Name=name, EventBusName=bus, EventPattern=pattern)
        target = {"Id": "queue", "Arn": answer["Attributes"]["QueueArn"]}
        events.put_targets(Rule=name, EventBusName=bus, Targets=[target])
        self.events: dict[str, dict[str, Any]] = {}  # by id: one that comes twice is one

    def heard(self) -> list[str]:
        """Types of all that came so far, in the order of its first coming."""
        found = self.sqs.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=MOST, WaitTimeSeconds=WAIT_S
        )
        for message in found.get("Messages", []):
            event = json.loads(message["Body"])
            detail = event["detail"] | {"type": event["detail-type"]}
            self.events.setdefault(f"{detail['type']} {detail['id']}", detail)
            self.sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        return [detail["type"] for detail in self.events.values()]
