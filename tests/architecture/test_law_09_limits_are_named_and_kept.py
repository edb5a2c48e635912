"""Law 9: a limit has a name in `domain/limits/`, is within what AWS bears, and is enforced."""

from __future__ import annotations

import ast
from importlib import import_module

import pytest

from tests.architecture.source import FUNCTIONS, OMS, Source, parsed, report, sources

HOME = OMS / "domain" / "limits"
SUBJECTS = sorted(path.stem for path in HOME.glob("[a-z]*.py"))
LIMITS = {
    name: value
    for subject in SUBJECTS
    for name, value in vars(import_module(f"oms.domain.limits.{subject}")).items()
    if name.isupper()
}

# What AWS bears, by the end of the constant's name.
BEARABLE = {
    "ITEM_BYTES": 400 * 1024,
    "MESSAGE_BYTES": 1024 * 1024,
    "STATE_INPUT_BYTES": 256 * 1024,
    "BODY_BYTES": 6 * 1024 * 1024,  # of a synchronous Lambda invocation
    "ACTIONS": 100,
    "TRANSACTION_BYTES": 4 * 1024 * 1024,
}


def names_used(source: Source) -> set[str]:
    """Names read in the source, its own assignments left out."""
    return {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in source.nodes
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
    }


def test_limits_were_found() -> None:
    assert {"MAX_LINES", "MAX_QUANTITY"} <= set(LIMITS)


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_a_positive_whole_number(name: str) -> None:
    assert type(LIMITS[name]) is int
    assert LIMITS[name] > 0


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_one_that_aws_bears(name: str) -> None:
    bearable = [most for end, most in BEARABLE.items() if name.endswith(end)]
    assert all(LIMITS[name] <= most for most in bearable), f"{name} is beyond {bearable}"


@pytest.mark.parametrize("subject", SUBJECTS)
def test_limits_have_an_assertion_beside_them(subject: str) -> None:
    (home,) = sources(HOME / f"{subject}.py")
    asserted = [node for node in home.nodes if isinstance(node, ast.Assert)]
    assert asserted, f"say in domain/limits/{subject}.py, by an assert, why the numbers hold"


@pytest.mark.skipif(not FUNCTIONS.exists(), reason="limits are enforced at the edge: none yet")
def test_a_limit_is_a_limit_somewhere() -> None:
    """A limit that no code compares with promises what nobody keeps."""
    used = set().union(*(names_used(source) for source in sources(OMS, FUNCTIONS)))
    problems = [
        f"oms/domain/limits: {name} is enforced nowhere: refuse beyond it, or remove it"
        for name in LIMITS
        if name not in used
    ]
    assert not problems, report("9: limits are named and kept", problems)


def test_an_unused_name_is_found() -> None:
    source = parsed("MAX_LINES = 100\nassert MAX_PARTS < 3\nlimits.MAX_NODES")
    assert names_used(source) == {"MAX_PARTS", "limits", "MAX_NODES"}
