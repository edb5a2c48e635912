"""Every quarter of an hour: what stock is worth to later orders, for sourcing to look ahead."""

from __future__ import annotations

from typing import Any

from oms.contracts.scarcity import PricingTask
from oms.observability import logger
from oms.usecases.steering.price_scarcity import price_scarcity
from oms.wiring import live


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """`event`: {"back_days", "ahead_days"}, both with a default."""
    horizon, deps = PricingTask.model_validate(event).horizon, live()
    priced = price_scarcity(
        horizon,
        history=deps.history,
        book=deps.scarcity,
        stock=deps.stock,
        config=deps.config,
        now=deps.now(),
    )
    logger.info("scarcity priced", extra=priced.told)
    return priced.told
