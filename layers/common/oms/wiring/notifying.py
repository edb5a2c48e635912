"""What writing to customers and to drop-shippers works with."""

from __future__ import annotations

from .. import wiring
from ..usecases.notifying.deps import Notifying, SendingPurchaseOrders


def notifying() -> Notifying:
    live = wiring.live()
    return Notifying(
        orders=live.orders,
        config=live.config,
        messenger=live.messenger,
        texts=live.texts,
        render=live.render,
        goods=live.goods,
        link_secret=lambda: live.secrets["link"],
        now=live.now(),
    )


def sending_purchase_orders() -> SendingPurchaseOrders:
    from ..contracts.purchases import PurchaseView

    live = wiring.live()
    return SendingPurchaseOrders(
        orders=live.orders,
        config=live.config,
        suppliers=live.config,
        post=live.supplier_post,
        render=lambda purchase: PurchaseView.of(purchase).model_dump_json(),
    )
