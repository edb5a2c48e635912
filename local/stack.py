"""The whole local cloud in one call: `with up() as stack: ...`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.cloud import ACCOUNT, Cloud
from local.deploy import Deployment
from local.issuer import Issuer
from local.paths import TEMPLATE
from local.progress import Progress, Silent
from local.template import Environment

PATIENT_MS = "8000"  # of a quote: this machine does many things at once


@dataclass(frozen=True, slots=True)
class Stack:
    """A deployed template. Close it, or use it as a context manager."""

    cloud: Cloud
    issuer: Issuer
    deployment: Deployment
    owns_cloud: bool = True

    @property
    def outputs(self) -> dict[str, str]:
        """The outputs of the CloudFormation stack."""
        return self.deployment.outputs

    @property
    def url(self) -> str:
        """Base address of the HTTP API, without a slash at its end."""
        return self.api_url()

    def api_url(self, logical_id: str | None = None) -> str:
        """Base address of one HTTP API; the logical id is needed where there are several.

        Raises LookupError where that is not clear, and in accounts that have no HTTP (`Cloud`).
        """
        if self.cloud.account != self.cloud.http_account:
            raise LookupError(f"HTTP APIs answer in account {self.cloud.http_account} only")
        apis = self.cloud.client("apigatewayv2").get_apis()["Items"]
        ids = [item["ApiId"] for item in apis]
        if logical_id:
            ids = [self.physical(logical_id)]
        if len(ids) != 1:
            raise LookupError(f"{len(ids)} HTTP APIs: say which one")
        return f"{self.cloud.endpoint}/_aws/execute-api/{ids[0]}/$default"

    def physical(self, logical_id: str) -> str:
        """The physical id of a resource: table name, queue address, function name, ARN."""
        return self.deployment.physical[logical_id]

    def client(self, service: str) -> Any:
        """A boto3 client with all rights in this stack's account."""
        return self.cloud.client(service)

    def logs(self, logical_id: str) -> list[str]:
        """What a function printed, oldest line first; its traceback too, where it raised."""
        group = f"/aws/lambda/{self.physical(logical_id)}"
        pages = self.client("logs").get_paginator("filter_log_events")
        events = (e for page in pages.paginate(logGroupName=group) for e in page["events"])
        return [str(event["message"]) for event in events]

    def token(
        self,
        *scopes: str,
        sub: str = "developer",
        nodes: Iterable[str] = (),
        ttl_s: int = 3600,
        **claims: object,
    ) -> str:
        """An access token with these scopes; `nodes` limits it to these stock locations."""
        return self.issuer.token(sub, scopes, nodes, ttl_s=ttl_s, **claims)

    def redeploy_changed(self) -> list[str]:
        """Bring changed code, template, API or state machines to the running stack."""
        return self.deployment.apply()

    def close(self) -> None:
        """End the issuer, and the server if `up` started it. Safe to repeat."""
        self.issuer.stop()
        if self.owns_cloud:
            self.cloud.stop()

    def __enter__(self) -> Stack:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def up(
    progress: Progress | None = None,
    *,
    path: Path = TEMPLATE,
    cloud: Cloud | None = None,
    account: str = ACCOUNT,
    parameters: dict[str, str] | None = None,
    wait_scale: float = 1.0,
    environment: Environment | None = None,
) -> Stack:
    """Start a cloud (or use `cloud`, seen from `account`), build and deploy the template.

    JwtIssuer and JwtAudience are given to the template where it declares them. `wait_scale`
    shortens Wait and Retry of state machines, for a cloud started here. `environment` answers
    variables that a function (by its logical id) gets beside those of the template.
    """
    progress = progress or Silent()
    progress.step("starting the cloud")
    running = (
        cloud.as_account(account) if cloud else Cloud.start(account=account, wait_scale=wait_scale)
    )
    issuer = Issuer()
    defaults = {
        "JwtIssuer": issuer.url,
        "JwtAudience": issuer.audience,
        "QuoteBudgetMs": PATIENT_MS,
    }
    deployment = Deployment(running, path, {**defaults, **(parameters or {})})
    deployment.environment = environment
    stack = Stack(running, issuer, deployment, owns_cloud=cloud is None)
    try:
        progress.step("building and deploying")
        deployment.apply()
    except BaseException:
        stack.close()
        raise
    return stack
