"""Who calls, and what the caller may do. The authorizer of the API has checked the token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Request
from aws_lambda_powertools.event_handler.depends import Depends

from ..domain.errors import Forbidden, NotFound

STOREFRONT, STAFF, SERVICE, OPS = "oms/storefront", "oms/staff", "oms/service", "oms/ops"
CODES = "oms/codes"

Security = list[dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Principal:
    """Who calls: subject, scopes, and for staff the nodes they work at."""

    subject: str
    scopes: frozenset[str] = frozenset()
    nodes: frozenset[str] = frozenset()

    def may_work_at(self, node: str) -> None:
        """Raises NotFound, so that other nodes' parts do not even show that they exist."""
        if SERVICE in self.scopes or OPS in self.scopes or node in self.nodes:
            return
        raise NotFound("there is no such part at your node")

    @property
    def actor(self) -> str:
        return self.subject or "anonymous"


def any_of(*scopes: str) -> Security:
    """What a route asks for: any one of the scopes will do. OpenAPI says so by alternatives."""
    return [{"jwt": [scope]} for scope in scopes]


def require(principal: Principal, *scopes: str) -> None:
    """Beside the authorizer: any one of the scopes."""
    if not principal.scopes & set(scopes):
        raise Forbidden("the token lacks the scope for this", needed=sorted(scopes))


def principal_of(event: Mapping[str, Any]) -> Principal:
    jwt = event.get("requestContext", {}).get("authorizer", {}).get("jwt", {})
    claims = jwt.get("claims") or {}
    scopes = str(claims.get("scope", "")).split() or list(jwt.get("scopes") or [])
    # API Gateway turns a list claim into the text "[a b]"
    nodes = str(claims.get("nodes", "")).strip("[]").replace(",", " ").split()
    return Principal(str(claims.get("sub", "")), frozenset(scopes), frozenset(nodes))


def _caller(request: Request) -> Principal:
    return principal_of(request.resolved_event.raw_event)


Caller = Annotated[Principal, Depends(_caller)]
