"""The queue of the function `digital`: what is asked of it without an event on the bus."""

from __future__ import annotations

import json
from typing import Any

TRY_AGAIN = "try_again"
TYPE = f"fulfilment.{TRY_AGAIN}"  # only here: no such event is on the bus


class SqsDigitalQueue:
    def __init__(self, sqs: Any, url: str) -> None:
        self.sqs, self.url = sqs, url

    def ask(self, order_id: str, number: int) -> None:
        """In the form of an event of the bus. Raises what SQS raises: it is tried again."""
        detail = {"id": f"{order_id}/{number}", "order_id": order_id, "number": number}
        event = {"detail-type": TYPE, "detail": detail | {"event": TRY_AGAIN}}
        self.sqs.send_message(QueueUrl=self.url, MessageBody=json.dumps(event))
