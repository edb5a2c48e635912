"""What a node has to do, oldest first; one part in detail; links to its labels."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.limits.aws import DOCUMENT_LINK_TTL_S
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.node import PICKUP
from ...domain.model.order import OrderSnapshot
from ...domain.model.product import Product
from ...ports import ConfigReader, Row, Worker
from .deps import Preparing
from .label_part import FORMATS, document_key
from .move_part import part_for


@dataclass(frozen=True, slots=True)
class Work:
    """A part as its node sees it. The customer's name is given where they come for the goods."""

    part: FulfilmentOrder
    channel: str
    external_id: str
    customer: str
    order: OrderSnapshot
    products: dict[str, Product]


def list_work(
    node: str,
    *,
    worker: Worker,
    limit: int,
    start: Row | None = None,
    deps: Preparing,
) -> tuple[list[Work], Row | None]:
    """A page of open parts and where the next one starts."""
    worker.may_work_at(node)
    ids, following = deps.orders.part_ids_of_node(node, limit=limit, start=start)
    found = [(p, s) for p, s in deps.orders.work(ids) if shows(p, node)]
    return [_work(part, snapshot, deps.config) for part, snapshot in found], following


def shows(part: FulfilmentOrder, node: str) -> bool:
    """It is the node's to do, or its to claim."""
    if part.node == node:
        return part.status not in fo.TERMINAL
    return part.status == fo.OFFERED and node in part.offered


def get_part(order_id: str, number: int, *, worker: Worker, deps: Preparing) -> Work:
    part = part_for(order_id, number, worker, deps.orders)
    snapshot = deps.orders.get(order_id).snapshot
    return _work(part, snapshot, deps.config)


def get_labels(
    order_id: str, number: int, *, worker: Worker, deps: Preparing
) -> list[dict[str, object]]:
    """For each labelled package its tracking number and signed links, which end."""
    part = part_for(order_id, number, worker, deps.orders)
    return [
        {
            "package": package.number,
            "tracking": package.tracking,
            "expires_in_s": DOCUMENT_LINK_TTL_S,
            **{
                kind: deps.documents.url(
                    document_key(part, package.number, kind), ttl_s=DOCUMENT_LINK_TTL_S
                )
                for kind in FORMATS
            },
        }
        for package in part.packages
        if package.label
    ]


def _work(part: FulfilmentOrder, snapshot: OrderSnapshot, config: ConfigReader) -> Work:
    skus = sorted(set(part.skus.values()))
    customer = snapshot.customer.name if part.method == PICKUP else ""
    products = config.products(skus)
    return Work(part, snapshot.channel, snapshot.external_id, customer, snapshot, products)
