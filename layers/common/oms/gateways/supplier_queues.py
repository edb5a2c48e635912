"""Purchase orders on the queues of suppliers, one queue each, at least once.

Sent again it is the same document: the attribute `id` says which, and where the queue is FIFO
it is what SQS keeps copies away by.
"""

from __future__ import annotations

from typing import Any


class SupplierQueues:
    def __init__(self, sqs: Any) -> None:
        self.sqs = sqs

    def send(self, id: str, queue: str, *, number: str, status: str, body: str) -> None:
        """`queue`: its URL. Raises what SQS raises: the message is tried again."""
        given = {"id": id, "number": number, "status": status}
        once = {"MessageGroupId": number, "MessageDeduplicationId": id}
        self.sqs.send_message(
            QueueUrl=queue,
            MessageBody=body,
            MessageAttributes={
                name: {"DataType": "String", "StringValue": text} for name, text in given.items()
            },
            **(once if queue.endswith(".fifo") else {}),
        )
