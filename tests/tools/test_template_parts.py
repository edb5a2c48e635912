"""The generated parts of the template follow from routes and resources."""

from __future__ import annotations

import json
from typing import Any

import pytest
from samtranslator.yaml_helper import yaml_parse

from oms.observability import fault
from tools import template_parts as parts
from tools.http_routes import HttpRoute

READ = HttpRoute("GET", "/things/{id}", "keep_things", ("oms/staff", "oms/ops"), "readThing")
WRITE = HttpRoute("POST", "/things/{id}", "keep_things", ("oms/ops",), "writeThing")
HOOK = HttpRoute("POST", "/hook", "hear", (), "hear")
RESOURCES: dict[str, Any] = {
    "A": {
        "Type": parts.FUNCTION,
        "Condition": "Wanted",
        "Properties": {"FunctionName": {"Fn::Sub": "${AWS::StackName}-a"}},
    },
    "AReads": {
        "Type": parts.MAPPING,
        "Properties": {"FunctionName": {"Ref": "A"}, "StartingPosition": "LATEST"},
    },
    "Inbox": {"Type": parts.QUEUE, "Properties": {}},
    "InboxDeadLetters": {"Type": parts.QUEUE, "Properties": {}},
    "Machine": {"Type": parts.MACHINE, "Properties": {}},
}


def test_a_path_holds_its_methods_with_their_scopes() -> None:
    found = yaml_parse(parts.paths([READ, WRITE, HOOK]))
    assert set(found) == {"/things/{id}", "/hook"}
    assert found["/things/{id}"]["get"]["security"] == [{"token": ["oms/staff", "oms/ops"]}]
    assert found["/things/{id}"]["post"]["security"] == [{"token": ["oms/ops"]}]
    assert found["/hook"]["post"]["security"] == []


def test_a_route_is_integrated_with_its_function() -> None:
    found = yaml_parse(parts.paths([READ]))["/things/{id}"]["get"]
    integration = found["x-amazon-apigateway-integration"]
    assert integration["payloadFormatVersion"] == "2.0"
    assert "${KeepThingsFunction.Arn}" in integration["uri"]["Fn::Sub"]


def test_a_function_is_permitted_once() -> None:
    found = yaml_parse(parts.permissions([READ, WRITE, HOOK]))
    assert set(found) == {"KeepThingsFunctionHttp", "HearFunctionHttp"}


def test_a_log_group_is_named_after_its_function_and_shares_its_condition() -> None:
    group = yaml_parse(parts.logs(RESOURCES))["ALogs"]
    assert group["Properties"]["LogGroupName"] == {"Fn::Sub": "/aws/lambda/${AWS::StackName}-a"}
    assert group["Condition"] == "Wanted"


def test_what_can_fail_has_an_alarm() -> None:
    found = yaml_parse(parts.alarms(RESOURCES))
    assert set(found) == {
        "AErrors",
        "AFaults",
        "ALag",
        "InboxDeadLettersWaiting",
        "MachineFailed",
        "MachineTimedOut",
        "MachineAborted",
    }
    assert {found[name]["Condition"] for name in ("AErrors", "AFaults", "ALag")} == {"Wanted"}


def test_a_fault_raises_the_alarm_of_its_function(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "stack")
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "stack-a")
    fault(ValueError("broken"), order="O-1")
    emitted = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    (metric,) = [line for line in emitted if "Faults" in line]
    (directive,) = metric["_aws"]["CloudWatchMetrics"]
    alarm = yaml_parse(parts.alarms(RESOURCES))["AFaults"]["Properties"]
    assert alarm["Namespace"] == {"Ref": "AWS::StackName"}
    assert directive["Namespace"] == "stack"
    assert directive["Metrics"][0]["Name"] == alarm["MetricName"]
    watched = {each["Name"]: each["Value"] for each in alarm["Dimensions"]}
    assert watched == {"service": metric["service"], "function": {"Ref": "A"}}
    assert [set(found) for found in directive["Dimensions"]] == [set(watched)]
    assert metric["function"] == "stack-a"
    assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (0, "GreaterThanThreshold")
    assert (alarm["Statistic"], alarm["Period"]) == ("Sum", 300)


def test_each_alarm_leads_to_a_chapter_of_the_runbook() -> None:
    from tests.architecture.source import ROOT

    chapters = {
        line.lstrip("# ").lower().replace(" ", "-")
        for line in (ROOT / parts.RUNBOOK).read_text().splitlines()
        if line.startswith("#")
    }
    text = (ROOT / "template.yaml").read_text()
    named = {part.split('"')[0] for part in text.split(f"{parts.RUNBOOK}#")[1:]}
    assert named <= chapters
