"""Who delivers to the demo's nodes. The hasty one is believed in three of four units; the
drop-shipper has a queue on which it is sent its purchase orders.
"""

from __future__ import annotations

from local.stack import Stack
from oms.domain.supplying.supplier import Supplier
from oms.stores.config.store import ConfigStore

RELIABLE, HASTY, DROP_SHIPPER = "acme", "hasty", "drop-milano"
SUPPLIERS = (
    Supplier(RELIABLE, "Acme Trading", confidence=100, receive_days=1),
    Supplier(HASTY, "Hasty Imports", confidence=75, receive_days=2),
)
QUEUE = f"oms-supplier-{DROP_SHIPPER}"


def open_queue(stack: Stack, config: ConfigStore) -> None:
    """The queue is the supplier's own: no part of the stack. Opened again it is the same one."""
    url = stack.client("sqs").create_queue(QueueName=QUEUE)["QueueUrl"]
    supplier = Supplier(DROP_SHIPPER, "Milano Moda", purchase_queue=url)
    config.put(f"SUPPLIER#{supplier.id}", supplier)
