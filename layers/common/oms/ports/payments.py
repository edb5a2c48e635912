"""Payment providers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.model.money import Money
    from ..domain.model.payment import GatewayAnswer, PaymentMeans, ProviderEvent


class PaymentGateway(Protocol):
    """One payment provider. Every `id` is the idempotency key: the same id, the same answer.

    Raises GatewayTimeout when it is unknown whether the provider acted, MoneyRefused when the
    provider calls the operation wrong in itself (over-capture, capture after void, over-refund).
    """

    def authorise(self, id: str, amount: Money, means: PaymentMeans) -> GatewayAnswer: ...

    def capture(self, id: str, ref: str, amount: Money) -> GatewayAnswer:
        """Take `amount` of authorisation `ref`; several captures of one authorisation are fine."""

    def void(self, id: str, ref: str) -> GatewayAnswer:
        """Release what is not captured of authorisation `ref`."""

    def refund(self, id: str, ref: str, amount: Money) -> GatewayAnswer:
        """Give back `amount` of what was captured on authorisation `ref`."""

    def event(self, headers: Mapping[str, str], body: bytes) -> ProviderEvent | None:
        """The verified webhook, None for kinds we do not follow.

        Raises Unauthenticated on a bad signature.
        """


class PaymentGateways(Protocol):
    def of(self, means: PaymentMeans) -> PaymentGateway: ...

    def named(self, provider: str) -> PaymentGateway: ...
