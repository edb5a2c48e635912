"""What a channel may sell of a product, by each of its methods. Two sequential round trips cold."""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import ValidationFailed
from ...domain.stock.availability import without_stale_feeds
from ...domain.stock.sellable import Sellable, sellable
from .deps import Planning


def read_sellable(sku: str, channel_id: str, deps: Planning) -> dict[str, Sellable]:
    """Method → number and band; raises NotFound for the channel, ValidationFailed for the SKU."""
    config = deps.config
    config.warm(channel_id, [sku])
    channel = config.channel(channel_id)
    product = config.products([sku]).get(sku)
    if product is None:
        raise ValidationFailed(f"there is no product {sku}", fields={"/sku": "unknown"})
    skus = list(product.components) or [sku]
    found = deps.stock.availability.network(skus, config.nodes(channel), consistent=False)
    categories = {known.sku: known.category for known in config.products(skus).values()}
    network = without_stale_feeds(replace(found, categories=categories), deps.now)
    return {method: sellable(product, channel, network, method) for method in channel.methods}
