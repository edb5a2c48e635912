"""What taking and giving back money works with."""

from __future__ import annotations

from .. import wiring
from ..usecases.paying.deps import Paying


def paying() -> Paying:
    live = wiring.live()
    return Paying(
        orders=live.orders,
        stock=live.stock,
        gateways=live.gateways,
        config=live.config,
        now=live.now(),
    )
