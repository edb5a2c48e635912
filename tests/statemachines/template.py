"""Read template.yaml as data: CloudFormation's short forms become what they abbreviate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

MACHINES = ("AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine")


class _Loader(yaml.SafeLoader):
    """SafeLoader with `!Ref x` as {"Ref": x} and `!Sub x` as {"Fn::Sub": x}."""


def _short_form(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
        return {name: value.split(".", 1) if suffix == "GetAtt" else value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _short_form)


def load(path: Path) -> dict[str, Any]:
    return dict(yaml.load(path.read_text(), _Loader))  # noqa: S506 (a SafeLoader)


def machines(template: dict[str, Any]) -> Iterator[tuple[str, str, set[str]]]:
    """Logical id, file and names of the substitutions of each machine that has a file."""
    for logical_id, resource in template.get("Resources", {}).items():
        properties = resource.get("Properties", {})
        if resource.get("Type") in MACHINES and isinstance(properties.get("DefinitionUri"), str):
            given = set(properties.get("DefinitionSubstitutions", {}))
            yield logical_id, properties["DefinitionUri"], given
