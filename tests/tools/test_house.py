"""What `make house` counts is found in examples, and what is no fault is not."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from tools.house import structure
from tools.house.figure import Figure


def test_classes_of_one_name_are_named_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("class Line: ...\nclass Order: ...")
    (tmp_path / "b.py").write_text("class Line: ...")
    assert structure.names_used_twice(tmp_path) == ["Line: a.py, b.py"]


@pytest.mark.parametrize(
    ("code", "observed"),
    [
        ("@observed\ndef handler(event, context): ...", True),
        ("@observed('orders')\ndef handler(event, context): ...", True),
        ("handler = observed(serve)", True),
        ("def handler(event, context): ...", False),
        ("@logger.inject_lambda_context\ndef handler(event, context): ...", False),
        ("@observed\ndef other(): ...", False),
    ],
)
def test_an_observed_handler_is_known(code: str, observed: bool) -> None:
    assert any(map(structure._is_observed, ast.parse(code).body)) is observed


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("def f(a, b, /, c, *, d, e): ...", 5),
        ("def f(self, a): ...", 1),
        ("async def f(a, *rest, **named): ...", 1),
    ],
)
def test_parameters_are_counted_wherever_they_stand(code: str, count: int) -> None:
    (node,) = ast.parse(code).body
    assert isinstance(node, structure.Function)
    assert structure._parameters(node) == count


def test_a_module_path_in_a_public_name_is_found(tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    paths = {"/orders": {"get": {"operationId": "list_orders"}}}
    schemas = {"oms__contracts__staff__PartView": {}, "OrderView": {}}
    file.write_text(json.dumps({"paths": paths, "components": {"schemas": schemas}}))
    assert structure.names_with_module_paths(file) == ["oms__contracts__staff__PartView"]


def test_a_relative_import_leads_to_its_subject() -> None:
    assert "errors" in structure.folder_imports("domain")["orders"]


@pytest.mark.parametrize(("value", "good"), [(60, True), (61, False)])
def test_a_figure_over_its_bound_stands_out(value: int, good: bool) -> None:
    figure = Figure("files", value, 60)
    assert figure.good is good
    assert ("OVER" in figure.line(in_color=False)) is not good
