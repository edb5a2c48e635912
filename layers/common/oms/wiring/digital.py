"""What the use cases of digital goods work with."""

from __future__ import annotations

from .. import wiring
from ..usecases.digital.deps import DigitalDelivery


def digital_delivery() -> DigitalDelivery:
    live = wiring.live()
    return DigitalDelivery(orders=live.orders, goods=live.goods, config=live.config, now=live.now())
