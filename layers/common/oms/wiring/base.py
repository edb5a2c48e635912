"""Clock, environment, clients and secrets: what everything else is built from."""

from __future__ import annotations

import hmac
import os
import time
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..stores.dynamo.table import Table

OUR_OWN = ("sandbox", "carrier")
SECRETS_TTL_S = 300


class Base:
    """What the handlers hand to the use cases starts here, on real clients."""

    _secrets: tuple[float, dict[str, str]] | None = None

    def now(self) -> int:
        return int(time.time())

    def env(self, name: str) -> str:
        return os.environ[name]

    @cache  # noqa: B019 - one Live per process
    def client(self, service: str) -> Any:
        import boto3
        from botocore.config import Config

        from ..observability import trace_calls

        trace_calls()
        retries = {"mode": "standard", "max_attempts": 4}
        config = Config(
            retries=retries, connect_timeout=2, read_timeout=10, max_pool_connections=25
        )
        return boto3.client(service, config=config)

    def table(self, variable: str) -> Table:
        from ..stores.dynamo.table import Table

        return Table(self.client("dynamodb"), self.env(variable))

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
