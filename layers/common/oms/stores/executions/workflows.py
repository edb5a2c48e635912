"""Step Functions: starting once, answering once; repeating either is harmless."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ...observability import correlation_id
from .generations import ENDED_UNFINISHED, first_of, latest, named

STARTED_BEFORE = frozenset({"ExecutionAlreadyExists"})
ANSWERED_BEFORE = frozenset({"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})


class StepFunctions:
    """`arns`: state machine by kind (order, return)."""

    def __init__(self, client: Any, arns: Mapping[str, str]) -> None:
        self.client = client
        self.arns = arns

    def start(self, kind: str, name: str, input: Mapping[str, Any]) -> None:
        """Once: a second start, also with another correlation id, changes nothing."""
        given = {"correlation_id": correlation_id(), **input}
        self._tolerate(
            STARTED_BEFORE,
            self.client.start_execution,
            stateMachineArn=self.arns[kind],
            name=name,
            input=json.dumps(given),
        )

    def restart(self, kind: str, name: str) -> bool:
        """Safe to repeat, and beside another caller: both start the same name."""
        found, generation = latest(self.client, self.arns[kind], name)
        if found is None or str(found["status"]) not in ENDED_UNFINISHED:
            return False
        self.start(kind, named(name, generation + 1), json.loads(found["input"]))
        return True

    def ended(self, kind: str, since: int) -> list[str]:
        names = []
        for status in ENDED_UNFINISHED:
            pages = self.client.get_paginator("list_executions").paginate(
                stateMachineArn=self.arns[kind], statusFilter=status
            )
            names += [
                first_of(str(each["name"]))
                for page in pages
                for each in page["executions"]
                if each["stopDate"].timestamp() >= since
            ]
        return sorted(set(names))

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
