"""Orders that marketplaces send, each as one message."""

from __future__ import annotations

from oms.domain.errors import ValidationFailed
from oms.edge.queues import SQSRecord, attributes, content
from oms.gateways.channels.read import ignored, read_message
from oms.wiring.placing import placing

from .intake import place


def take(record: SQSRecord) -> None:
    message = content(record)
    if not isinstance(message, dict):
        raise ValidationFailed("the message is not a JSON object", fields={"": "object"})
    deps = placing()
    name = attributes(record).get("channel") or str(message.get("channel", ""))
    channel = deps.config.channel(name)
    if not ignored(message, channel):
        place(read_message(message, channel), deps)
