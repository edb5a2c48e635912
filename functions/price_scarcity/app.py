"""Every quarter of an hour: what stock is worth to later orders, for sourcing to look ahead; every
hour, how often nodes give parts back.
"""

from __future__ import annotations

from typing import Any

from oms.contracts.scarcity import PricingTask
from oms.edge.observed import observed
from oms.observability import logger
from oms.usecases.looking_ahead.price_scarcity import price_scarcity
from oms.usecases.looking_ahead.rate_nodes import rate_nodes
from oms.wiring.looking_ahead import looking_ahead


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """`event`: {"back_days", "ahead_days"}, both with a default."""
    horizon, deps = PricingTask.model_validate(event).horizon, looking_ahead()
    rated = rate_nodes(deps=deps)
    priced = price_scarcity(
        horizon, left_s=lambda: context.get_remaining_time_in_millis() / 1000, deps=deps
    )
    summary = {**priced.summary, "rated": rated}
    logger.info("scarcity priced", extra=summary)
    return summary
