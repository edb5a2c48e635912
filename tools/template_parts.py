"""The parts of template.yaml that follow from something else: the API from the routes, what the
notify queue gets from the messages, log groups and alarms from the template itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from samtranslator.yaml_helper import yaml_parse

from oms.domain.notifying.messages import STATUSES_OF_EVENT
from oms.observability import SERVICE
from tools.http_routes import HttpRoute, http_routes
from tools.sources import between

RUNBOOK = "docs/operations.md"
FUNCTION = "AWS::Serverless::Function"
MACHINE = "AWS::Serverless::StateMachine"
QUEUE = "AWS::SQS::Queue"
MAPPING = "AWS::Lambda::EventSourceMapping"
MAX_LAG_MS = 300_000  # of a stream consumer, before somebody looks

KEPT_FOR_PEOPLE = ("DeadLetters", "Failures")  # how the names of such queues end

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
    told = "\n".join(f"          - {event}" for event in STATUSES_OF_EVENT)
    found = (("api", paths(routes)), ("permissions", permissions(routes)), ("told", told))
    for name, body in found:
        text = between(text, name, body)
    resources = yaml_parse(text)["Resources"]
    for name, body in (("logs", logs(resources)), ("alarms", alarms(resources))):
        text = between(text, name, body)
    return text


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
    return "\n".join(lines)


def alarms(resources: Resources) -> str:
    """Errors and faults of functions, lag of stream consumers, dead letters, executions that ended
    badly.
    """
    lines: list[str] = []
    for alarm in _alarms(resources):
        lines += _alarm_lines(alarm)
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Alarm:
    """`value` is YAML; `chapter` is the heading of the runbook that says what to do."""

    watched: str
    ending: str
    chapter: str
    metric: str
    dimension: str
    value: str
    statistic: str = "Sum"
    above: int = 0
    condition: tuple[str, ...] = ()
    ours: bool = False  # `observability.count` emits it, which adds the service


def _alarms(resources: Resources) -> Iterator[Alarm]:
    lagging = _stream_consumers(resources)
    for name, resource in _of(resources, FUNCTION):
        where, shared = ("FunctionName", f"!Ref {name}"), _condition(resource)
        yield Alarm(name, "Errors", "errors", "AWS/Lambda Errors", *where, condition=shared)
        own = ("!Ref AWS::StackName Faults", "function", f"!Ref {name}")
        yield Alarm(name, "Faults", "faults", *own, condition=shared, ours=True)
        if name in lagging:
            metric = "AWS/Lambda IteratorAge"
            yield Alarm(name, "Lag", "lag", metric, *where, "Maximum", MAX_LAG_MS, shared)
    for name, _ in _of(resources, QUEUE):
        if name.endswith(KEPT_FOR_PEOPLE):
            where = ("QueueName", f"!GetAtt {name}.QueueName")
            metric = "AWS/SQS ApproximateNumberOfMessagesVisible"
            yield Alarm(name, "Waiting", "dead-letters", metric, *where, "Maximum")
    for name, _ in _of(resources, MACHINE):
        where = ("StateMachineArn", f"!Ref {name}")
        for ending in ("Failed", "TimedOut", "Aborted"):
            yield Alarm(name, ending, "executions", f"AWS/States Executions{ending}", *where)


def _alarm_lines(alarm: Alarm) -> Iterator[str]:
    namespace, metric = alarm.metric.rsplit(maxsplit=1)
    service = f"{{Name: service, Value: {SERVICE}}}, " if alarm.ours else ""
    yield f"  {alarm.watched}{alarm.ending}:"
    yield "    Type: AWS::CloudWatch::Alarm"
    yield from alarm.condition
    yield "    Properties:"
    yield f"      {{Namespace: {namespace}, MetricName: {metric}, Statistic: {alarm.statistic},"
    yield f"       Dimensions: [{service}{{Name: {alarm.dimension}, Value: {alarm.value}}}],"
    yield f"       Threshold: {alarm.above}, ComparisonOperator: GreaterThanThreshold, Period: 300,"
    yield "       EvaluationPeriods: 1, TreatMissingData: notBreaching,"
    yield f'       AlarmActions: [!Ref AlarmTopic], AlarmDescription: "{RUNBOOK}#{alarm.chapter}"}}'


def _stream_consumers(resources: Resources) -> set[str]:
    """Logical ids of functions that read a table's stream."""
    mappings = [resource["Properties"] for _, resource in _of(resources, MAPPING)]
    return {m["FunctionName"]["Ref"] for m in mappings if "StartingPosition" in m}


def _condition(resource: dict[str, Any]) -> tuple[str, ...]:
    """The line that what belongs to a resource shares with it."""
    return (f"    Condition: {resource['Condition']}",) if "Condition" in resource else ()


def _of(resources: Resources, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, resource) for name, resource in resources.items() if resource["Type"] == kind)
