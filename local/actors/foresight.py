"""The schedule that prices scarcity, on request; and prices as they would be after a while."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from oms.domain.sourcing.scarcity import ScarcityPrices
from oms.stores.config.scarcity import ScarcityStore


@dataclass(frozen=True, slots=True)
class Foresight:
    """`function`: the name of the function that prices scarcity."""

    client: Any
    function: str
    book: ScarcityStore

    def run(self, **horizon: int) -> dict[str, Any]:
        """Price scarcity now; what the function says it did. RuntimeError when it failed."""
        payload = json.dumps(horizon).encode()
        answer = self.client.invoke(FunctionName=self.function, Payload=payload)
        said = json.loads(answer["Payload"].read() or b"{}")
        if "FunctionError" in answer:
            raise RuntimeError(f"pricing failed: {said}")
        return dict(said)

    @property
    def prices(self) -> ScarcityPrices:
        found = self.book.last()
        assert found, "nothing is published"
        return found

    def let_them_age(self) -> int:
        """The prices as they are once nobody computed them for an hour; the new version."""
        old = self.prices
        self.book.publish(replace(old, version=old.version + 1, until=old.at))
        return old.version + 1
