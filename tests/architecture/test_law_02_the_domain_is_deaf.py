"""Law 2: the domain knows no clock, no chance, no service; its values are frozen."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import OMS, Source, dotted, parsed, report, sources

DOMAIN = OMS / "domain"
# Pure parts of the standard library. Add a module that neither waits, nor looks at the machine.
PURE = frozenset(
    "__future__ abc base64 bisect collections dataclasses datetime decimal enum fractions functools"
    " graphlib hashlib heapq hmac itertools math operator re statistics string types typing"
    " unicodedata zoneinfo".split()
)
CLOCKS = {"now", "utcnow", "today"}
NOT_DATA = ("Enum", "IntEnum", "StrEnum", "Flag", "Protocol", "NamedTuple", "TypedDict")


def hears(source: Source) -> list[str]:
    found = [
        f"{source.line(used.line)} imports {used.module}: take what it gives as an argument"
        for used in source.imports
        if used.root not in PURE | {"oms"}
    ]
    return found + [
        f"{source.at(call)} reads the clock: take `now` as an argument"
        for call in source.calls(*CLOCKS)
        if isinstance(call.func, ast.Attribute)
    ]


def melting(source: Source) -> list[str]:
    """Classes that are neither frozen slotted dataclasses nor a kind that needs no freezing."""
    if source.path.name == "errors.py":
        return []
    return [
        f"{source.at(node)} class {node.name}: decorate it with @dataclass(frozen=True, slots=True)"
        for node in source.nodes
        if isinstance(node, ast.ClassDef)
        and not any(dotted(_bare(base)).split(".")[-1] in NOT_DATA for base in node.bases)
        and not any(_is_frozen(decorator) for decorator in node.decorator_list)
    ]


def _bare(base: ast.expr) -> ast.expr:
    return base.value if isinstance(base, ast.Subscript) else base


def _is_frozen(decorator: ast.expr) -> bool:
    if not (isinstance(decorator, ast.Call) and dotted(decorator.func).endswith("dataclass")):
        return False
    on = {k.arg for k in decorator.keywords if isinstance(k.value, ast.Constant) and k.value.value}
    return {"frozen", "slots"} <= on


def test_the_domain_imports_what_is_pure() -> None:
    assert len(sources(DOMAIN)) > 5, "the domain was not found"
    problems = [line for source in sources(DOMAIN) for line in hears(source)]
    assert not problems, report("2: the domain is deaf", problems)


def test_the_domain_keeps_frozen_slotted_data() -> None:
    problems = [line for source in sources(DOMAIN) for line in melting(source)]
    assert not problems, report("2: frozen slotted dataclasses", problems)


@pytest.mark.parametrize("module", ["os", "time", "random", "uuid", "boto3", "pydantic"])
def test_an_ear_is_found(module: str) -> None:
    assert hears(parsed(f"import {module}", "domain/a.py"))
    assert hears(parsed(f"def f():\n    from {module} import x", "domain/a.py"))


@pytest.mark.parametrize("code", ["datetime.now()", "date.today()", "datetime.datetime.utcnow()"])
def test_a_clock_is_found(code: str) -> None:
    assert hears(parsed(code, "domain/a.py"))


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("@dataclass(frozen=True, slots=True)\nclass A: ...", False),
        ("@dataclass(frozen=True)\nclass A: ...", True),
        ("@dataclass(frozen=False, slots=True)\nclass A: ...", True),
        ("class A: ...", True),
        ("class A(enum.StrEnum): ...", False),
        ("class A(Protocol[T]): ...", False),
    ],
)
def test_an_unfrozen_class_is_found(code: str, broken: bool) -> None:
    assert bool(melting(parsed(code, "domain/a.py"))) == broken
