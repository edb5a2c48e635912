"""Time passing: what a schedule does every minute is done when asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from local.actors.patience import WITHIN_S, eventually


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

    def sweep_until(self, so: Callable[[], object], *, within_s: float = WITHIN_S) -> None:
        """Let time pass until it is so. Raises NotInTime."""

        def look() -> object:
            self.sweep()
            return so()

        eventually(look, within_s=within_s, waiting_for="what becomes due")
