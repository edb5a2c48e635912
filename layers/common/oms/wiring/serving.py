"""What customers and customer service work with."""

from __future__ import annotations

from .. import wiring
from ..usecases.serving.deps import Serving


def serving() -> Serving:
    live = wiring.live()
    return Serving(
        orders=live.orders,
        config=live.config,
        now=live.now(),
    )


def link_secret() -> str:
    """Signs the links with which guests follow their orders."""
    return wiring.live().secrets["link"]
