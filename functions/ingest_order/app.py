"""Orders come in: over HTTPS, as Shopify webhooks, as marketplace messages."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.api import Api
from oms.edge.observed import observed
from oms.edge.queues import each_message

from . import marketplaces, shops, storefront

app = Api(storefront.router, shops.router)


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    if "Records" in event:
        return each_message(event, marketplaces.take, wiring.live().dead_letters)
    return app.resolve(event, context)
