"""Orders that marketplaces send, each as one message."""

from __future__ import annotations

from oms.domain.errors import ValidationFailed
from oms.edge.queues import SQSRecord, attributes, content
from oms.gateways.channels.read import ignored, read_message, read_state
from oms.wiring.placing import following_channels

from .intake import place, take_state


def take(record: SQSRecord) -> None:
    message = content(record)
    if not isinstance(message, dict):
        raise ValidationFailed("the message is not a JSON object", fields={"": "object"})
    deps = following_channels()
    name = attributes(record).get("channel") or str(message.get("channel", ""))
    channel = deps.config.channel(name)
    if not channel.marketplace:
        place(read_message(message, channel), deps.placing)
    elif not ignored(message, channel):
        take_state(read_state(message, channel), deps)
