"""Each state machine is whole: it can be walked, it ends, it catches, it gives up in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.statemachines import asl, template

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "statemachines"
FILES = sorted(FOLDER.glob("*.yaml"))
TEMPLATE = ROOT / "template.yaml"

Check = Callable[[Mapping[str, Any]], list[str]]
CHECKS: list[Check] = [
    asl.dangling,
    asl.unreachable,
    asl.without_exit,
    asl.without_timeout,
    asl.without_catch,
    asl.caught_into_success,
    asl.too_slow,
    asl.beyond_plain_jsonata,
]


def test_every_definition_is_walked() -> None:
    if FOLDER.exists():
        assert FILES, "statemachines/ holds no *.yaml: move the definitions there"
        unnamed = [path.name for path in FILES if not path.name.endswith(".asl.yaml")]
        assert not unnamed, f"rename to *.asl.yaml: {unnamed}"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_structure(path: Path, check: Check) -> None:
    body = asl.load(path)
    assert next(iter(asl.scopes(body))).states, f"{path.name} has no states"
    problems = check(body)
    assert not problems, "\n".join([f"{path.name}:", *problems])


def test_every_task_retries_alike() -> None:
    every = [(path.name, *task) for path in FILES for task in asl.tasks(asl.load(path))]
    if not every:
        return
    canonical = every[0][2].get("Retry")
    unfit = asl.unfit_retry(canonical)
    assert not unfit, f"the Retry of '{every[0][1]}' ({every[0][0]}): " + "; ".join(unfit)
    problems = [
        f"{path.name}: {problem}"
        for path in FILES
        for problem in asl.unlike_the_canonical_retry(asl.load(path), canonical)
    ]
    assert not problems, "\n".join(problems)


@pytest.mark.skipif(not (TEMPLATE.exists() and FILES), reason="no template.yaml or no machine yet")
def test_the_template_substitutes_what_the_definitions_use() -> None:
    deployed = {}
    for logical_id, uri, given in template.machines(template.load(TEMPLATE)):
        path = ROOT / uri
        deployed[path] = logical_id
        used = asl.substitutions(path.read_text())
        assert used <= given, f"add to DefinitionSubstitutions of {logical_id}: {used - given}"
        assert given <= used, f"{logical_id} substitutes what {uri} does not use: {given - used}"
    assert set(deployed) == set(FILES), (
        f"not deployed by template.yaml: {sorted(p.name for p in set(FILES) - set(deployed))}"
    )
