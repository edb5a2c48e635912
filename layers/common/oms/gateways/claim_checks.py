"""The delayed queue of fresh claims."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..ports.row import Row


class SqsClaimChecks:
    def __init__(self, sqs: Any, queue: str) -> None:
        self.sqs, self.queue = sqs, queue

    def later(self, claims: Sequence[Row], delay_s: int) -> None:
        self.sqs.send_message(
            QueueUrl=self.queue, MessageBody=json.dumps(claims), DelaySeconds=delay_s
        )
