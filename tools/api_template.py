"""The HTTP API's part of template.yaml: who may call which function on which route.

Written between the lines `# <api>` and `# </api>` (below `DefinitionBody:`) and between
`# <api-permissions>` and `# </api-permissions>` (among the resources). OpenAPI 3.0, because HTTP
APIs import no later one; schemas are in docs/openapi.json only. The template needs an HTTP API
named `Api` and the parameters `JwtIssuer` and `JwtAudience`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from oms.contracts.route import Route
from oms.contracts.routes import all_routes
from tools.text import between, has_part

HEAD = """\
openapi: 3.0.3
info: {title: Order management, version: "1"}
components:
  securitySchemes:
    jwt:
      type: oauth2
      x-amazon-apigateway-authorizer:
        type: jwt
        identitySource: $request.header.Authorization
        jwtConfiguration: {issuer: !Ref JwtIssuer, audience: [!Ref JwtAudience]}
paths:
"""
INVOKE = (
    "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31"
    "/functions/${%s.Arn}/invocations"
)
CALLER = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*"


def file(text: str) -> str:
    """template.yaml with its generated parts as the routes have them."""
    parts = {"api": definition, "api-permissions": permissions}
    for name, part in parts.items():
        if has_part(text, name):
            text = between(text, name, part(all_routes()))
    return text


def logical_id(function: str) -> str:
    """The resource of `functions/<function>`: ingest_order → IngestOrder."""
    return "".join(word.capitalize() for word in function.split("_"))


def definition(routes: Sequence[Route]) -> str:
    ordered = sorted(routes, key=lambda route: (route.path, route.method))
    lines = []
    for path, of_path in groupby(ordered, key=lambda route: route.path):
        lines.append(f"  {path}:")
        for route in of_path:
            lines += _operation(route)
    return HEAD + "\n".join(lines)


def _operation(route: Route) -> list[str]:
    scopes = ", ".join(route.scopes)
    uri = INVOKE % logical_id(route.function)
    return [
        f"    {route.method.lower()}:",
        *([] if route.public else [f"      security: [{{jwt: [{scopes}]}}]"]),
        "      responses: {default: {description: see docs/openapi.json}}",
        "      x-amazon-apigateway-integration:",
        "        type: aws_proxy",
        "        httpMethod: POST",
        '        payloadFormatVersion: "2.0"',
        f"        uri: !Sub {uri}",
    ]


def permissions(routes: Sequence[Route]) -> str:
    return "\n".join(
        f"{logical_id(function)}FromApi:\n"
        "  Type: AWS::Lambda::Permission\n"
        "  Properties:\n"
        "    Action: lambda:InvokeFunction\n"
        f"    FunctionName: !Ref {logical_id(function)}\n"
        "    Principal: apigateway.amazonaws.com\n"
        f"    SourceArn: !Sub {CALLER}"
        for function in sorted({route.function for route in routes})
    )
