"""Composition root: the one place where stores and gateways meet the use cases.

Everything is built once per warm worker and on first use; nothing is read at import. What holds
a secret (payment gateways, the carrier) is built again whenever the secrets were read again.
"""

from __future__ import annotations

import hmac
import os
import time
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from .domain.errors import NotFound
from .domain.payments.payment import Means

if TYPE_CHECKING:
    from collections.abc import Callable

    from .edge.batches import Message
    from .gateways.bus import EventBus
    from .gateways.lake import S3Lake
    from .ports import Carrier, Documents, LabelPrinter, Messenger, PaymentGateway, Renderer
    from .stores.config import ConfigStore
    from .stores.memory import DynamoMemory
    from .stores.orders import OrderStore
    from .stores.stock import StockStore
    from .stores.table import Table
    from .stores.workflows import StepFunctions


OUR_OWN = ("sandbox", "carrier")
SECRETS_TTL_S = 300
MAX_ATTRIBUTES = 10  # of an SQS message
STRIPE = ("stripe", "stripe_webhook")


class Live:
    """What the handlers hand to the use cases, on real clients."""

    _secrets: tuple[float, dict[str, str]] | None = None
    _carrier: tuple[dict[str, str], Carrier] | None = None

    def now(self) -> int:
        return int(time.time())

    def env(self, name: str) -> str:
        return os.environ[name]

    @cache  # noqa: B019 - one Live per process
    def client(self, service: str) -> Any:
        import boto3
        from botocore.config import Config

        from .observability import trace_calls

        trace_calls()
        retries = {"mode": "standard", "max_attempts": 4}
        config = Config(
            retries=retries, connect_timeout=2, read_timeout=10, max_pool_connections=25
        )
        return boto3.client(service, config=config)

    def table(self, variable: str) -> Table:
        from .stores.table import Table

        return Table(self.client("dynamodb"), self.env(variable))

    @cached_property
    def orders(self) -> OrderStore:
        from .stores.orders import OrderStore

        return OrderStore(self.table("ORDERS_TABLE"))

    @cached_property
    def stock(self) -> StockStore:
        from .stores.stock import StockStore

        return StockStore(self.table("STOCK_TABLE"))

    @cached_property
    def config(self) -> ConfigStore:
        from .stores.config import ConfigStore

        return ConfigStore(self.table("CONFIG_TABLE"), time.monotonic, self._holidays)

    def _holidays(self, code: str, years: tuple[int, ...]) -> frozenset[str]:
        from .gateways.holidays import holiday_dates

        return holiday_dates(code, years)

    @cached_property
    def sandbox(self) -> DynamoMemory:
        from .stores.memory import DynamoMemory

        return DynamoMemory(self.client("dynamodb"), self.env("SANDBOX_TABLE"))

    @cached_property
    def workflows(self) -> StepFunctions:
        from .stores.workflows import StepFunctions

        machines = {"order": "ORDER_MACHINE", "return": "RETURN_MACHINE"}
        arns = {k: os.environ[v] for k, v in machines.items() if v in os.environ}
        return StepFunctions(self.client("stepfunctions"), arns)

    @property
    def secrets(self) -> dict[str, str]:
        """The integration secrets: link, shopify, carrier, sandbox, stripe, stripe_webhook.

        Believed for `SECRETS_TTL_S`, so that a rotated one reaches warm workers too.
        """
        if self._secrets is None or self._secrets[0] < time.monotonic():
            self._secrets = (time.monotonic() + SECRETS_TTL_S, self._read_secrets())
        return self._secrets[1]

    def _read_secrets(self) -> dict[str, str]:
        """`link` is generated at deployment. What signs for our own simulators follows from it
        where it is empty; what outside parties give us stays empty and refuses every signature.
        """
        import json

        answer = self.client("secretsmanager").get_secret_value(SecretId=self.env("SECRETS"))
        found: dict[str, str] = json.loads(answer["SecretString"])
        for name in OUR_OWN:
            key, text = found["link"].encode(), f"oms:{name}".encode()
            found[name] = found.get(name) or hmac.new(key, text, "sha256").hexdigest()
        return found

    def dead_letters(self, variable: str) -> Callable[[Message, str], None]:
        """Where messages go that can never work: as they came, so that they can be redriven, and
        with the reason as one more attribute.
        """

        def send(message: Message, reason: str) -> None:
            told = {**message.attributes, "reason": reason[:1000]}
            self.client("sqs").send_message(
                QueueUrl=self.env(variable),
                MessageBody=message.body,
                MessageAttributes={
                    name: {"DataType": "String", "StringValue": text}
                    for name, text in list(told.items())[-MAX_ATTRIBUTES:]
                    if text
                },
            )

        return send

    @cached_property
    def gateways(self) -> Gateways:
        return Gateways(self)

    @property
    def carrier(self) -> Carrier:
        from .gateways.carriers.tariff import TariffCarrier

        secrets = self.secrets
        if self._carrier is None or self._carrier[0] is not secrets:
            made = TariffCarrier(self.config.carrier(), self.sandbox, secrets["carrier"])
            self._carrier = (secrets, made)
        return self._carrier[1]

    @cached_property
    def documents(self) -> Documents:
        from .gateways.documents.s3 import S3Documents

        return S3Documents(self.client("s3"), self.env("DOCUMENTS_BUCKET"))

    @cached_property
    def printer(self) -> LabelPrinter:
        from .gateways.documents.printer import DocumentPrinter

        return DocumentPrinter()

    def codes(self) -> str:
        """A fresh collection code, unpredictable."""
        from secrets import randbelow

        return f"{randbelow(1_000_000):06d}"

    @cached_property
    def messenger(self) -> Messenger:
        sender = os.environ.get("MAIL_SENDER", "")
        if not sender:
            from .gateways.notifications.outbox import Outbox

            return Outbox()
        from .gateways.notifications.ses import SesMessenger

        return SesMessenger(self.client("sesv2"), sender)

    @cached_property
    def bus(self) -> EventBus:
        from .gateways.bus import EventBus

        return EventBus(self.client("events"), self.env("BUS_NAME"))

    @cached_property
    def lake(self) -> S3Lake:
        from .gateways.lake import S3Lake

        return S3Lake(self.client("s3"), self.env("LAKE_BUCKET"))

    @cached_property
    def render(self) -> Renderer:
        from .gateways.notifications.templates import render

        return render


class Gateways:
    """Payment gateways by provider, each imported when first used, with the current secrets."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.secrets: dict[str, str] | None = None
        self.built: dict[str, PaymentGateway] = {}

    def of(self, means: Means) -> PaymentGateway:
        provider = "external" if means.kind == "external" else means.provider
        return self.named(provider)

    def named(self, provider: str) -> PaymentGateway:
        """Raises NotFound for one that we do not know or that is not set up."""
        if provider == "external":
            from .gateways.payments.external import ExternalPayments

            return ExternalPayments()
        secrets = self.live.secrets
        if self.secrets is not secrets:
            self.secrets, self.built = secrets, {}
        if provider not in self.built:
            self.built[provider] = self._build(provider, secrets)
        return self.built[provider]

    def _build(self, provider: str, secrets: dict[str, str]) -> PaymentGateway:
        if provider == "stripe":
            from .gateways.payments.stripe_gateway import StripePayments

            key, webhook = (secrets.get(name, "") for name in STRIPE)
            if not key:
                raise NotFound("Stripe is not set up here")
            return StripePayments(key, webhook)
        if provider != "sandbox" or not self.live.env("SANDBOX_TABLE"):
            raise NotFound("there is no such payment provider here")
        from .gateways.payments.simulator import SimulatedPayments

        live = self.live
        return SimulatedPayments(live.sandbox, live.now, secrets["sandbox"])


@cache
def live() -> Live:
    return Live()
