"""Sourcing as a merchant steers it: rules and their life, trials, replays, promises kept."""

from __future__ import annotations

from typing import Any

from oms.edge.api import Api
from oms.edge.observed import observed

from . import promises, replays, rules, trials

app = Api(rules.router, trials.router, replays.router, promises.router)


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
