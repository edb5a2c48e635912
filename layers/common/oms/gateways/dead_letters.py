"""How many messages wait for a person, in the queues of what was given up on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

WAITING = "ApproximateNumberOfMessages"


class DeadLetterQueues:
    def __init__(self, sqs: Any, urls: Sequence[str]) -> None:
        self.sqs, self.urls = sqs, urls

    def waiting(self) -> dict[str, int]:
        """Name of a queue → its messages."""
        return {url.rpartition("/")[2]: self._count(url) for url in self.urls}

    def _count(self, url: str) -> int:
        answer = self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[WAITING])
        return int(answer["Attributes"][WAITING])
