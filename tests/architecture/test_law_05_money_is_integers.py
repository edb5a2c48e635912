"""Law 5: money is integer minor units; no float comes near it, and the ASL does no sums.

The ASL half is in tests/statemachines (`beyond_plain_jsonata`).
"""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import OMS, Source, parsed, report, sources

# Files that divide distances, scores or rates of demand. Money never passes through them.
MEASURES = {
    "domain/distance.py",
    "domain/model/geo.py",
    "domain/sourcing/distance.py",
    "domain/sourcing/score.py",
    "domain/stock/planning.py",
}
PLACES = (OMS / "domain", OMS / "usecases", OMS / "gateways" / "payments", OMS / "stores")


def floats(source: Source) -> list[str]:
    if str(source.path.relative_to(OMS)) in MEASURES:
        return []
    found = []
    durations = _durations(source)
    pure = source.path.relative_to(OMS).parts[0] in ("domain", "usecases")
    # Further out a float may be typed (a cache keeps the clock's), but none is made.
    suspects = source.nodes if pure else [call.func for call in source.calls("float")]
    looked_at = {id(node) for node in suspects}
    for node in source.nodes:
        if id(node) in durations:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            found.append(f"{source.at(node)} has {node.value}: use integer minor units or Decimal")
        elif isinstance(node, ast.Name) and node.id == "float" and id(node) in looked_at:
            found.append(f"{source.at(node)} uses float: use int or Decimal")
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            found.append(f"{source.at(node)} divides into a float: use // or money.split")
    return found


def _durations(source: Source) -> set[int]:
    """What belongs to a clock or to a name in seconds, such as `timeout_s: float`."""
    found: set[int] = set()
    for node in source.nodes:
        if isinstance(node, ast.arg):
            name = node.arg
        elif isinstance(node, ast.keyword):
            name = node.arg or ""
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            name = target.id if isinstance(target, ast.Name) else ""
        else:
            continue
        if name.lower().endswith(("_s", "clock")):
            found |= {id(inner) for inner in ast.walk(node)}
    return found


def test_no_float_comes_near_money() -> None:
    assert any(source.path.name == "money.py" for source in sources(*PLACES))
    problems = [line for source in sources(*PLACES) for line in floats(source)]
    assert not problems, report("5: money is integer minor units", problems)


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("tax = 0.19", True),
        ("x = float(amount)", True),
        ("def f(x: float): ...", True),
        ("half = total / 2", True),
        ("half = total // 2", False),
        ("TIMEOUT_S = 2.5", False),
        ("def f(*, timeout_s: float): ...", False),
        ("rate = Decimal('0.19')", False),
    ],
)
def test_a_float_is_found(code: str, broken: bool) -> None:
    assert bool(floats(parsed(code, "domain/a.py"))) == broken
