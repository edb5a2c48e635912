"""Step Functions: starting once, answering once; repeating either is harmless."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ...observability import correlation_id

STARTED_BEFORE = frozenset({"ExecutionAlreadyExists"})
ANSWERED_BEFORE = frozenset({"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})


class StepFunctions:
    """`arns`: state machine by kind (order, return)."""

    def __init__(self, client: Any, arns: Mapping[str, str]) -> None:
        self.client = client
        self.arns = arns

    def start(self, kind: str, name: str, input: Mapping[str, Any]) -> None:
        """Once: a second start, also with another correlation id, changes nothing."""
        given = {**input, "correlation_id": correlation_id()}
        self._tolerate(
            STARTED_BEFORE,
            self.client.start_execution,
            stateMachineArn=self.arns[kind],
            name=name,
            input=json.dumps(given),
        )

    def resume(self, token: str, output: Mapping[str, Any]) -> None:
        self._tolerate(
            ANSWERED_BEFORE,
            self.client.send_task_success,
            taskToken=token,
            output=json.dumps(output),
        )

    def _tolerate(self, codes: frozenset[str], call: Any, **arguments: Any) -> None:
        from botocore.exceptions import ClientError

        try:
            call(**arguments)
        except ClientError as error:
            if error.response["Error"]["Code"] not in codes:
                raise
