"""Every quarter of an hour: what stock is worth to later orders, for sourcing to look ahead; every
hour, how often nodes give parts back.
"""

from __future__ import annotations

from typing import Any

from oms.contracts.scarcity import PricingTask
from oms.edge.observed import observed
from oms.observability import logger
from oms.usecases.steering.price_scarcity import price_scarcity
from oms.usecases.steering.rate_nodes import rate_nodes
from oms.wiring import live


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """`event`: {"back_days", "ahead_days"}, both with a default."""
    horizon, deps = PricingTask.model_validate(event).horizon, live()
    rated = rate_nodes(
        history=deps.history, reports=deps.reports, config=deps.config, now=deps.now()
    )
    priced = price_scarcity(
        horizon,
        history=deps.history,
        lake=deps.lake,
        book=deps.scarcity,
        stock=deps.stock,
        config=deps.config,
        now=deps.now(),
        left_s=lambda: context.get_remaining_time_in_millis() / 1000,
    )
    told = {**priced.told, "rated": rated}
    logger.info("scarcity priced", extra=told)
    return told
