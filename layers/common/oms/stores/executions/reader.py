"""Whether an order's or a return's execution is alive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ExecutionReader:
    """`arns`: state machine by kind (order, return)."""

    def __init__(self, client: Any, arns: Mapping[str, str]) -> None:
        self.client = client
        self.arns = arns

    def running(self, kind: str, name: str) -> bool:
        from botocore.exceptions import ClientError

        machine = self.arns[kind].replace(":stateMachine:", ":execution:")
        try:
            answer = self.client.describe_execution(executionArn=f"{machine}:{name}")
        except ClientError as error:
            if error.response["Error"]["Code"] == "ExecutionDoesNotExist":
                return False
            raise
        return str(answer["status"]) == "RUNNING"
