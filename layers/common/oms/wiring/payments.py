"""Payment gateways by provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import NotFound
from ..domain.model.payment import PaymentMeans

if TYPE_CHECKING:
    from ..ports import PaymentGateway
    from .stores import Stores

STRIPE = ("stripe", "stripe_webhook")


class Gateways:
    """Each provider's gateway is imported when first used and holds the current secrets."""

    def __init__(self, live: Stores) -> None:
        self.live = live
        self.secrets: dict[str, str] | None = None
        self.built: dict[str, PaymentGateway] = {}

    def of(self, means: PaymentMeans) -> PaymentGateway:
        provider = "external" if means.kind == "external" else means.provider
        return self.named(provider)

    def named(self, provider: str) -> PaymentGateway:
        """Raises NotFound for one that we do not know or that is not set up."""
        if provider == "external":
            from ..gateways.payments.external import ExternalPayments

            return ExternalPayments()
        secrets = self.live.secrets
        if self.secrets is not secrets:
            self.secrets, self.built = secrets, {}
        if provider not in self.built:
            self.built[provider] = self._build(provider, secrets)
        return self.built[provider]

    def _build(self, provider: str, secrets: dict[str, str]) -> PaymentGateway:
        if provider == "stripe":
            from ..gateways.payments.stripe_gateway import StripePayments

            key, webhook = (secrets.get(name, "") for name in STRIPE)
            if not key:
                raise NotFound("Stripe is not set up here")
            return StripePayments(key, webhook)
        if provider != "sandbox" or not self.live.env("SANDBOX_TABLE"):
            raise NotFound("there is no such payment provider here")
        from ..gateways.payments.simulator import SimulatedPayments

        live = self.live
        return SimulatedPayments(live.sandbox, live.now, secrets["sandbox"])
