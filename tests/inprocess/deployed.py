"""What template.yaml deploys, as far as a world in process needs it: the same mappings, rules,
queues and variables. A physical name is the logical one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.statemachines import template as cloudformation

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A stream or queue that calls a function."""

    name: str
    source: str
    function: str
    batch: int
    filters: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: dict[str, Any]
    queues: tuple[str, ...]


@cache
def resources() -> dict[str, Any]:
    return dict(cloudformation.load(ROOT / "template.yaml")["Resources"])


@cache
def parameters() -> dict[str, Any]:
    return dict(cloudformation.load(ROOT / "template.yaml")["Parameters"])


def of_type(kind: str) -> dict[str, dict[str, Any]]:
    return {
        name: each.get("Properties", {})
        for name, each in resources().items()
        if each["Type"] == kind
    }


@cache
def mappings() -> tuple[Mapping, ...]:
    found = of_type("AWS::Lambda::EventSourceMapping")
    return tuple(
        Mapping(
            name,
            source=plain(each["EventSourceArn"]),
            function=function_of(plain(each["FunctionName"])),
            batch=each.get("BatchSize", 10),
            filters=tuple(
                json.loads(one["Pattern"])
                for one in each.get("FilterCriteria", {}).get("Filters", [])
            ),
        )
        for name, each in found.items()
    )


@cache
def rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(each["EventPattern"], tuple(plain(target["Arn"]) for target in each["Targets"]))
        for each in of_type("AWS::Events::Rule").values()
        if "EventPattern" in each
    )


@cache
def queues() -> dict[str, int | None]:
    """How often each queue delivers before a message is dead; None: for ever."""
    return {
        name: each.get("RedrivePolicy", {}).get("maxReceiveCount")
        for name, each in of_type("AWS::SQS::Queue").items()
    }


@cache
def environment(function: str) -> dict[str, str]:
    """The function's own variables with those that all functions have."""
    template = cloudformation.load(ROOT / "template.yaml")
    everywhere = template["Globals"]["Function"]["Environment"]["Variables"]
    own = of_type("AWS::Serverless::Function")[logical_id(function)]
    variables = everywhere | own.get("Environment", {}).get("Variables", {})
    return {name: plain(value) for name, value in variables.items()}


@cache
def machines() -> dict[str, Path]:
    """Physical name → file."""
    found = of_type("AWS::Serverless::StateMachine")
    return {name: ROOT / each["DefinitionUri"] for name, each in found.items()}


def logical_id(function: str) -> str:
    return "".join(word.capitalize() for word in function.split("_")) + "Function"


def function_of(logical: str) -> str:
    words = re.findall(r"[A-Z][a-z0-9]*", logical.removesuffix("Function"))
    return "_".join(word.lower() for word in words)


def plain(value: Any) -> str:
    """What a value stands for: the logical id that it names, or a parameter's default."""
    if not isinstance(value, dict):
        return str(value)
    ((kind, given),) = value.items()
    if kind == "Fn::GetAtt":
        return str(given[0] if isinstance(given, list) else given.partition(".")[0])
    if kind == "Fn::Join":
        separator, parts = given
        return str(separator).join(map(plain, parts))
    if kind == "Fn::If":
        return plain(given[1])
    if kind == "Ref" and given in parameters():
        return str(parameters()[given].get("Default", ""))
    return str(given)
