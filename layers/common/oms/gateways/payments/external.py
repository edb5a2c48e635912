"""Money that the channel holds (marketplaces, a shop's own checkout): we only keep the books.

The channel authorised before it sent the order, captures when we report the shipment and
refunds when we report the return; reporting is the channel gateway's work. So every operation
succeeds here, and its reference is a function of its id.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.model.money import Money
from ...domain.model.payment import (
    AUTHORISED,
    SUCCEEDED,
    GatewayAnswer,
    PaymentMeans,
    ProviderEvent,
)


class ExternalPayments:
    def authorise(self, id: str, amount: Money, means: PaymentMeans) -> GatewayAnswer:
        """`means.token` is the channel's own payment reference, when it told one."""
        return GatewayAnswer(AUTHORISED, means.token or f"ext:{id}")

    def capture(self, id: str, ref: str, amount: Money) -> GatewayAnswer:
        return GatewayAnswer(SUCCEEDED, f"ext:{id}")

    def void(self, id: str, ref: str) -> GatewayAnswer:
        return GatewayAnswer(SUCCEEDED, f"ext:{id}")

    def refund(self, id: str, ref: str, amount: Money) -> GatewayAnswer:
        return GatewayAnswer(SUCCEEDED, f"ext:{id}")

    def event(self, headers: Mapping[str, str], body: bytes) -> ProviderEvent | None:
        """Channels tell about money in their order messages, never here."""
        return None
