"""The generated parts of the template follow from routes and resources."""

from __future__ import annotations

from typing import Any

from samtranslator.yaml_helper import yaml_parse

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
    "Inbox": {"Type": parts.QUEUE, "Properties": {}},
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
