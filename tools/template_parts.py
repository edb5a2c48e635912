"""The parts of template.yaml that follow from something else: the API from the routes, the
rules of the bus from the table of consequences, log groups from the functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from samtranslator.yaml_helper import yaml_parse

from oms.domain.consequences.consequence import Consumer
from oms.domain.consequences.table import types_for, types_for_customers
from tools.http_routes import HttpRoute, http_routes
from tools.sources import between

FUNCTION = "AWS::Serverless::Function"
QUEUE = "AWS::SQS::Queue"
MAPPING = "AWS::Lambda::EventSourceMapping"

Resources = dict[str, Any]

INVOKE = (
    "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/"
    "${%s.Arn}/invocations"
)


def template(text: str) -> str:
    """`template.yaml` with its generated parts made anew."""
    if not text:
        return text
    routes = http_routes()
    found = [("api", paths(routes)), ("permissions", permissions(routes))]
    found += [("messages", _types(types_for_customers()))]
    found += [(consumer.value, _types(types_for(consumer))) for consumer in Consumer]
    for name, body in found:
        text = between(text, name, body)
    resources = yaml_parse(text)["Resources"]
    return between(text, "logs", logs(resources))


def _types(types: Iterable[str]) -> str:
    """What a rule of the bus lets through."""
    return "\n".join(f"          - {type}" for type in types)


def logical_id(function: str) -> str:
    """ingest_order → IngestOrderFunction."""
    return "".join(word.title() for word in function.split("_")) + "Function"


def paths(routes: Iterable[HttpRoute]) -> str:
    """The `paths` of the API, with authorizer and integration of each route."""
    by_path: dict[str, list[HttpRoute]] = {}
    for route in routes:
        by_path.setdefault(route.path, []).append(route)
    lines: list[str] = []
    for path, found in by_path.items():
        lines.append(f"          {path}:")
        lines += [line for route in found for line in _operation(route)]
    return "\n".join(lines)


def _operation(route: HttpRoute) -> Iterator[str]:
    security = "[]" if route.public else f"[{{token: [{', '.join(route.scopes)}]}}]"
    yield f"            {route.method.lower()}:"
    yield f"              operationId: {route.operation_id}"
    yield f"              security: {security}"
    yield "              responses: {default: {description: see docs/openapi.json}}"
    yield "              x-amazon-apigateway-integration:"
    yield '                {type: AWS_PROXY, httpMethod: POST, payloadFormatVersion: "2.0",'
    yield f'                 uri: !Sub "{INVOKE % logical_id(route.function)}"}}'


def permissions(routes: Iterable[HttpRoute]) -> str:
    """The API may call each function that has a route."""
    names = sorted({logical_id(route.function) for route in routes})
    return "\n".join(line for name in names for line in _permission(name))


def _permission(function: str) -> Iterator[str]:
    arn = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*"
    yield f"  {function}Http:"
    yield "    Type: AWS::Lambda::Permission"
    yield "    Properties:"
    yield f"      {{Action: lambda:InvokeFunction, FunctionName: !Ref {function},"
    yield f'       Principal: apigateway.amazonaws.com, SourceArn: !Sub "{arn}"}}'


def logs(resources: Resources) -> str:
    """A log group before each function, so that the function finds it with its retention."""
    lines: list[str] = []
    for name, resource in _of(resources, FUNCTION):
        function_name = resource["Properties"]["FunctionName"]["Fn::Sub"]
        lines += [f"  {name}Logs:", "    Type: AWS::Logs::LogGroup", *_condition(resource)]
        lines.append("    Properties:")
        lines.append(f'      {{LogGroupName: !Sub "/aws/lambda/{function_name}",')
        lines.append("       RetentionInDays: !Ref LogRetentionDays}")
    return "\n".join([*lines, *_saved_query(resources)])


STORY = """fields @timestamp, function_name, message, route, task, item, event, outcome, duration_ms
| filter order_id = 'ORDER'
| sort @timestamp asc
| limit 1000"""


def _saved_query(resources: Resources) -> Iterator[str]:
    """CloudWatch Logs Insights offers it by name; put the order's id for ORDER."""
    yield "  OrderStory:"
    yield "    Type: AWS::Logs::QueryDefinition"
    yield "    Properties:"
    yield '      Name: !Sub "${AWS::StackName}/order"'
    yield "      QueryString: |"
    yield from (f"        {line}" for line in STORY.splitlines())
    yield "      LogGroupNames:"
    for name, resource in _of(resources, FUNCTION):
        if "Condition" not in resource:
            yield f"        - !Ref {name}Logs"


def _condition(resource: dict[str, Any]) -> tuple[str, ...]:
    """The line that what belongs to a resource shares with it."""
    return (f"    Condition: {resource['Condition']}",) if "Condition" in resource else ()


def _of(resources: Resources, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, resource) for name, resource in resources.items() if resource["Type"] == kind)
