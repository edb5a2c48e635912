"""The queue of the function `digital`: what is asked of it without an event on the bus."""

from __future__ import annotations

import json
from typing import Any


class SqsDigitalQueue:
    def __init__(self, sqs: Any, url: str) -> None:
        self.sqs, self.url = sqs, url

    def ask(self, order_id: str, number: int) -> None:
        """As an event of the bus names its part. Raises what SQS raises: it is tried again."""
        body = json.dumps({"detail": {"order_id": order_id, "number": number}})
        self.sqs.send_message(QueueUrl=self.url, MessageBody=body)
