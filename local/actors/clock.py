"""Time passing: what a schedule does every minute is done when asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Clock:
    """`function`: the name of the sweep function."""

    client: Any
    function: str

    def sweep(self) -> dict[str, Any]:
        """Do what is due now. Raises RuntimeError when the function failed."""
        answer = self.client.invoke(FunctionName=self.function, Payload=b"{}")
        said = json.loads(answer["Payload"].read() or b"{}")
        if "FunctionError" in answer:
            raise RuntimeError(f"the sweep failed: {said}")
        return dict(said or {})
