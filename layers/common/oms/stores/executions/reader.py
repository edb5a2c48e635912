"""Whether an order's or a return's execution is alive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .generations import latest


class ExecutionReader:
    """`arns`: state machine by kind (order, return)."""

    def __init__(self, client: Any, arns: Mapping[str, str]) -> None:
        self.client = client
        self.arns = arns

    def running(self, kind: str, name: str) -> bool:
        found, _ = latest(self.client, self.arns[kind], name)
        return found is not None and str(found["status"]) == "RUNNING"
