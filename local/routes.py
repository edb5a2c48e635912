"""Expand an HTTP API's OpenAPI `Body` into Route, Integration and Authorizer resources.

API Gateway imports `Body` itself; MiniStack ignores it, and the API would have no routes. What
is read: paths, `x-amazon-apigateway-integration`, security requirements with scopes, JWT and
Lambda authorizers in `securitySchemes`, and `x-amazon-apigateway-cors`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_METHODS = {"get", "put", "post", "delete", "patch", "head", "options"}
_ANY = "x-amazon-apigateway-any-method"
_INTEGRATION = "x-amazon-apigateway-integration"


class UnsupportedApi(ValueError):
    """The OpenAPI document asks for something that the local cloud cannot do."""


def expand(template: dict[str, Any]) -> None:
    """Replace the `Body` of every HTTP API in the template by resources. Changes it in place."""
    resources = template["Resources"]
    for name in [n for n, r in resources.items() if r["Type"] == "AWS::ApiGatewayV2::Api"]:
        body = resources[name].get("Properties", {}).get("Body")
        if body:
            resources[name]["Properties"] = _api_properties(name, body)
            resources.update(_Api(name, body).resources())


def _api_properties(name: str, body: dict[str, Any]) -> dict[str, Any]:
    title = body.get("info", {}).get("title", name)
    properties = {"Name": title, "ProtocolType": "HTTP"}
    if cors := body.get("x-amazon-apigateway-cors"):
        properties["CorsConfiguration"] = cors  # lower camel case is what MiniStack reads
    return properties


class _Api:
    def __init__(self, name: str, body: dict[str, Any]) -> None:
        self.name = name
        self.body = body
        self.schemes = body.get("components", {}).get("securitySchemes", {})
        self.integrations: dict[str, str] = {}
        self.out: dict[str, Any] = {}

    def resources(self) -> dict[str, Any]:
        for scheme, definition in self.schemes.items():
            if authorizer := definition.get("x-amazon-apigateway-authorizer"):
                self._add(
                    self._authorizer_id(scheme), "Authorizer", _authorizer(scheme, authorizer)
                )
        for index, (key, operation) in enumerate(self._operations()):
            integration = self._integration(key, operation)
            self._add(
                f"{self.name}Route{index}",
                "Route",
                {
                    "RouteKey": key,
                    "Target": {"Fn::Join": ["/", ["integrations", {"Ref": integration}]]},
                    **self._authorization(operation),
                },
            )
        return self.out

    def _operations(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Pairs of route key ("GET /orders/{id}", "$default") and OpenAPI operation."""
        for path, methods in self.body.get("paths", {}).items():
            for method, operation in methods.items():
                if method in _METHODS or method == _ANY:
                    verb = "ANY" if method == _ANY else method.upper()
                    yield (
                        "$default" if path in ("$default", "/$default") else f"{verb} {path}",
                        operation,
                    )

    def _integration(self, key: str, operation: dict[str, Any]) -> str:
        """Logical id of the operation's integration; equal integrations are one resource."""
        spec = operation.get(_INTEGRATION)
        if not spec:
            raise UnsupportedApi(f"{self.name}: {key} has no {_INTEGRATION}")
        if spec.get("type", "").lower() not in ("aws_proxy", "http_proxy") or (
            "integrationSubtype" in spec
        ):
            raise UnsupportedApi(f"{self.name}: {key}: only Lambda and HTTP proxies work locally")
        fingerprint = json.dumps(spec, sort_keys=True)
        if fingerprint not in self.integrations:
            logical_id = f"{self.name}Integration{len(self.integrations)}"
            self.integrations[fingerprint] = logical_id
            self._add(
                logical_id,
                "Integration",
                {
                    "IntegrationType": spec["type"].upper(),
                    "IntegrationUri": spec["uri"],
                    "IntegrationMethod": spec.get("httpMethod", "POST"),
                    "PayloadFormatVersion": str(spec.get("payloadFormatVersion", "2.0")),
                    "TimeoutInMillis": spec.get("timeoutInMillis", 30_000),
                },
            )
        return self.integrations[fingerprint]

    def _authorization(self, operation: dict[str, Any]) -> dict[str, Any]:
        requirements = operation.get("security", self.body.get("security")) or []
        if len(requirements) > 1:
            raise UnsupportedApi(f"{self.name}: a route can have one authorizer only")
        for requirement in requirements:
            for scheme, scopes in requirement.items():
                definition = self.schemes.get(scheme, {})
                authorizer = definition.get("x-amazon-apigateway-authorizer")
                if not authorizer:
                    raise UnsupportedApi(f"{self.name}: {scheme} is not an authorizer")
                kind = "JWT" if authorizer.get("type", "").lower() == "jwt" else "CUSTOM"
                return {
                    "AuthorizationType": kind,
                    "AuthorizationScopes": list(scopes or []),
                    "AuthorizerId": {"Ref": self._authorizer_id(scheme)},
                }
        return {"AuthorizationType": "NONE"}

    def _authorizer_id(self, scheme: str) -> str:
        return f"{self.name}Authorizer{''.join(c for c in scheme if c.isalnum())}"

    def _add(self, logical_id: str, kind: str, properties: dict[str, Any]) -> None:
        self.out[logical_id] = {
            "Type": f"AWS::ApiGatewayV2::{kind}",
            "Properties": {"ApiId": {"Ref": self.name}, **properties},
        }


def _authorizer(name: str, spec: dict[str, Any]) -> dict[str, Any]:
    source = spec.get("identitySource", "$request.header.Authorization")
    properties: dict[str, Any] = {
        "Name": name,
        "IdentitySource": source if isinstance(source, list) else [source],
    }
    if spec.get("type", "").lower() == "jwt":
        jwt = spec.get("jwtConfiguration", {})
        properties |= {
            "AuthorizerType": "JWT",
            "JwtConfiguration": {"Issuer": jwt.get("issuer"), "Audience": jwt.get("audience", [])},
        }
    else:
        properties |= {
            "AuthorizerType": "REQUEST",
            "AuthorizerUri": spec.get("authorizerUri"),
            "AuthorizerPayloadFormatVersion": str(
                spec.get("authorizerPayloadFormatVersion", "2.0")
            ),
            "AuthorizerResultTtlInSeconds": int(spec.get("authorizerResultTtlInSeconds", 0)),
            "EnableSimpleResponses": bool(spec.get("enableSimpleResponses", False)),
        }
    return properties
