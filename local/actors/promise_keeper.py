"""The watch over promises: its schedules on request, and what ops read of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from local.actors.api import Api


@dataclass(frozen=True, slots=True)
class PromiseKeeper:
    """`function`: the name of the function that watches; `api`: with the token of ops."""

    client: Any
    function: str
    api: Api

    def look(self) -> dict[str, Any]:
        """At what was to be there by now. Raises RuntimeError when the function failed."""
        return self._run(task="look", grace_s=0)

    def learn(self, **terms: int) -> dict[str, Any]:
        """Which lanes are late too often."""
        return self._run(task="learn", **terms)

    def accuracy(self, **query: str) -> dict[str, Any]:
        return dict(self.api.get("/promises/accuracy", **query))

    def lanes(self) -> dict[str, dict[str, Any]]:
        """Lane → what promises take for it, and why."""
        return {lane["lane"]: lane for lane in self.api.get("/promises/lanes")["lanes"]}

    def _run(self, **task: Any) -> dict[str, Any]:
        payload = json.dumps(task).encode()
        answer = self.client.invoke(FunctionName=self.function, Payload=payload)
        said = json.loads(answer["Payload"].read() or b"{}")
        if "FunctionError" in answer or said.get("errors"):
            raise RuntimeError(f"the watch failed: {said}")
        return dict(said)
