"""Validate a SAM template without an account, as `sam validate` does with one.

First against the JSON schema of SAM resources, then by running the whole transform, which finds
what a schema cannot: events that name no API, missing roles, policy templates without a value.
cfn-lint, the other half of `sam validate --lint`, is run by `make lint` beside this.
"""

from __future__ import annotations

import copy
import sys
import warnings
from pathlib import Path
from typing import Any

import boto3
from samtranslator.internal.managed_policies import get_bundled_managed_policy_map
from samtranslator.metrics.metrics import DummyMetricsPublisher, Metrics
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.validator.validator import SamTemplateValidator
from samtranslator.yaml_helper import yaml_parse

Template = dict[str, Any]

# Folders and files that `sam package` uploads first: property → stand-in for the uploaded object.
_UPLOADED = "s3://bucket/key"
LOCAL_URIS = {
    "AWS::Serverless::Function": "CodeUri",
    "AWS::Serverless::LayerVersion": "ContentUri",
    "AWS::Serverless::StateMachine": "DefinitionUri",
    "AWS::Serverless::HttpApi": "DefinitionUri",
    "AWS::Serverless::Api": "DefinitionUri",
}
GLOBALS = {"Function": "CodeUri", "HttpApi": "DefinitionUri", "Api": "DefinitionUri"}


def problems(template: Template, base: Path) -> list[str]:
    """What is wrong with the template, one sentence each; empty when it can be deployed."""
    missing = list(_missing_files(template, base))
    uploaded = as_uploaded(template)
    return missing + _schema_errors(uploaded) + _transform_errors(uploaded)


def as_uploaded(template: Template) -> Template:
    """A copy in which every local folder or file is an object in S3."""
    changed = copy.deepcopy(template)
    for resource in changed.get("Resources", {}).values():
        _replace(resource.get("Properties") or {}, LOCAL_URIS.get(resource.get("Type")))
    for section, name in GLOBALS.items():
        _replace(changed.get("Globals", {}).get(section) or {}, name)
    return changed


def _replace(properties: dict[str, Any], name: str | None) -> None:
    if name in properties and isinstance(properties[name], str):
        properties[name] = _UPLOADED


def _missing_files(template: Template, base: Path) -> list[str]:
    found = []
    for logical_id, resource in template.get("Resources", {}).items():
        uri = (resource.get("Properties") or {}).get(LOCAL_URIS.get(resource.get("Type"), ""))
        if isinstance(uri, str) and "://" not in uri and not (base / uri).exists():
            found.append(f"{logical_id}: there is no {uri}")
    return found


def _schema_errors(template: Template) -> list[str]:
    with warnings.catch_warnings():  # the class warns of its retirement; nothing replaces it
        warnings.simplefilter("ignore", DeprecationWarning)
        return list(SamTemplateValidator().get_errors(template))


def _transform_errors(template: Template) -> list[str]:
    metrics = Metrics("validation", DummyMetricsPublisher())
    session = boto3.Session(region_name="eu-west-1")
    translator = Translator(None, Parser(), boto_session=session, metrics=metrics)
    policies = get_bundled_managed_policy_map("aws") or {}
    defaults = {
        name: parameter.get("Default", name)
        for name, parameter in template.get("Parameters", {}).items()
    }
    try:
        translator.translate(copy.deepcopy(template), defaults, lambda: policies)
    except InvalidDocumentException as refused:
        return [cause.message for cause in refused.causes]
    finally:
        metrics.publish()  # it complains on standard error when nobody does
    return []


def main(paths: list[str]) -> int:
    found = 0
    for path in map(Path, paths):
        template = dict(yaml_parse(path.read_text()))
        for problem in problems(template, path.parent):
            found += 1
            print(f"{path}: {problem}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
