"""From the SAM template to a CloudFormation template that MiniStack can deploy, offline.

load      read template.yaml, short-form intrinsics included
package   build each function and layer folder, point the template to its place in S3
inline    put state machine definitions and OpenAPI files into the template
translate SAM resources into CloudFormation resources, as the service does in the cloud
adapt     work around what MiniStack lacks (`routes.py`, `gaps.py`)
extend    add variables to the functions' environments, where a measurement wants it
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import yaml
from samtranslator.internal.managed_policies import get_bundled_managed_policy_map
from samtranslator.metrics.metrics import DummyMetricsPublisher, Metrics
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

from local import gaps, routes
from local.build import Package, function_package, layer_package
from local.cloud import REGION

Template = dict[str, Any]
Environment = Callable[[str], dict[str, str]]  # logical id of a function → more variables
FUNCTION = "AWS::Serverless::Function"
LAYER = "AWS::Serverless::LayerVersion"
MACHINE = "AWS::Serverless::StateMachine"
HTTP_API = "AWS::Serverless::HttpApi"
_FOLDERS: dict[str, tuple[str, Callable[[Path], Package]]] = {
    FUNCTION: ("CodeUri", function_package),
    LAYER: ("ContentUri", layer_package),
}


def load(path: Path) -> Template:
    """Read a template. Raises yaml.YAMLError where it is not YAML."""
    return dict(yaml_parse(path.read_text()))


def package(template: Template, base: Path) -> dict[str, Package]:
    """Build all local folders of the template: logical id → package. Relative to `base`."""
    built: dict[Path, Package] = {}
    packages = {}
    for kind, (prop, build) in _FOLDERS.items():
        shared = template.get("Globals", {}).get("Function", {}) if kind == FUNCTION else {}
        for name, resource in _of_type(template, kind):
            uri = resource.get("Properties", {}).get(prop, shared.get(prop))
            if isinstance(uri, str) and not uri.startswith("s3://"):
                folder = (base / uri).resolve()
                if folder not in built:
                    built[folder] = build(folder)
                packages[name] = built[folder]
    return packages


def prepare(
    template: Template,
    base: Path,
    packages: dict[str, Package],
    bucket: str,
    parameters: dict[str, str],
) -> Template:
    """The CloudFormation template for MiniStack. `template` itself is left as it is."""
    local = copy.deepcopy(template)
    for name, built in packages.items():
        resource = local["Resources"][name]
        prop = _FOLDERS[resource["Type"]][0]
        resource["Properties"][prop] = {"Bucket": bucket, "Key": built.key}
    _inline(local, base)
    translated = _translate(local, parameters)
    routes.expand(translated)
    gaps.adapt(translated)
    return translated


def extend(template: Template, environment: Environment) -> None:
    """Add, in place, variables to the environment of each function of a translated template."""
    for name, resource in _of_type(template, "AWS::Lambda::Function"):
        given = resource["Properties"].setdefault("Environment", {}).setdefault("Variables", {})
        given |= environment(name)


def _inline(template: Template, base: Path) -> None:
    for _, resource in _of_type(template, MACHINE):
        _inline_file(resource["Properties"], "DefinitionUri", "Definition", base)
    for _, resource in _of_type(template, HTTP_API):
        properties = resource.get("Properties", {})
        _inline_file(properties, "DefinitionUri", "DefinitionBody", base)
        included = (properties.get("DefinitionBody") or {}).get("Fn::Transform", {})
        location = included.get("Parameters", {}).get("Location")
        if isinstance(location, str) and not location.startswith("s3://"):
            properties["DefinitionBody"] = yaml_parse((base / location).read_text())


def _inline_file(properties: dict[str, Any], uri: str, body: str, base: Path) -> None:
    location = properties.get(uri)
    if isinstance(location, str) and not location.startswith("s3://"):
        del properties[uri]
        properties[body] = yaml_parse((base / location).read_text())


def _translate(template: Template, parameters: dict[str, str]) -> Template:
    """Run the SAM transform here. Raises samtranslator's InvalidDocumentException."""
    metrics = Metrics("local", DummyMetricsPublisher())
    session = boto3.Session(region_name=REGION)
    translator = Translator(None, Parser(), boto_session=session, metrics=metrics)
    policies = get_bundled_managed_policy_map("aws") or {}
    translated = translator.translate(
        template, parameter_values=dict(parameters), get_managed_policy_map=lambda: policies
    )
    metrics.publish()  # it complains on standard error when nobody does
    translated.pop("Transform", None)
    return dict(yaml.safe_load(yaml.safe_dump(_plain(translated))))


def _plain(value: Any) -> Any:
    """Builtin containers only: the translator leaves subclasses of dict and str behind."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _of_type(template: Template, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, resource in template.get("Resources", {}).items():
        if resource.get("Type") == kind:
            yield name, resource
