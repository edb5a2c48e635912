"""DynamoDB's expressions, as far as the stores of stock files write them; all else is refused.

    condition   attribute_exists(x) · attribute_not_exists(x) · a = b · < · <= · > · >= · AND · OR
    update      SET x = :v, y = if_not_exists(y, :v)  ADD n :v  REMOVE z

Each text is taken apart once and kept: half a million updates have the same few dozen.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

Wire = dict[str, Any]
Names = Mapping[str, str]
Condition = Callable[[Wire, Names, Wire], bool]

TOKEN = re.compile(r"\s*(attribute_(?:not_)?exists|AND|OR|<=|>=|[=<>()]|[#:\w]+)")
COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
CLAUSE = re.compile(r"\b(SET|ADD|REMOVE)\b")
DEFAULTED = re.compile(r"if_not_exists\(([#\w]+), (:\w+)\)")


def holds(condition: str, item: Wire, names: Names, values: Wire) -> bool:
    return not condition or compiled(condition)(item, names, values)


@cache
def compiled(condition: str) -> Condition:
    """Raises ValueError for what it does not know."""
    tokens = TOKEN.findall(condition)
    if "".join(tokens) != re.sub(r"\s", "", condition):
        raise ValueError(f"no such condition here: {condition}")
    found, rest = _or(tokens)
    if rest:
        raise ValueError(f"{rest} is left of {condition}")
    return found


def _or(tokens: list[str]) -> tuple[Condition, list[str]]:
    return _chain(tokens, "OR", any, lambda rest: _chain(rest, "AND", all, _one))


def _chain(
    tokens: list[str],
    word: str,
    together: Callable[[Iterator[bool]], bool],
    part: Callable[[list[str]], tuple[Condition, list[str]]],
) -> tuple[Condition, list[str]]:
    first, rest = part(tokens)
    parts = [first]
    while rest[:1] == [word]:
        following, rest = part(rest[1:])
        parts.append(following)
    return lambda item, names, values: together(p(item, names, values) for p in parts), rest


def _one(tokens: list[str]) -> tuple[Condition, list[str]]:
    if tokens[0] == "(":
        inside, rest = _or(tokens[1:])
        return inside, rest[1:]
    if tokens[0].startswith("attribute_"):
        wanted, name = tokens[0] == "attribute_exists", tokens[2]
        return lambda item, names, _: (names.get(name, name) in item) == wanted, tokens[4:]
    if len(tokens) < 3 or tokens[1] not in COMPARE:
        raise ValueError(f"no such condition here: {' '.join(tokens)}")
    name, compare, given = tokens[0], COMPARE[tokens[1]], tokens[2]

    def compares(item: Wire, names: Names, values: Wire) -> bool:
        stored = item.get(names.get(name, name))
        return stored is not None and compare(_plain(stored), _plain(values[given]))

    return compares, tokens[3:]


def _plain(value: Wire) -> Any:
    ((kind, content),) = value.items()
    return int(content) if kind == "N" else content


@cache
def clauses(update: str) -> tuple[tuple[str, str, str], ...]:
    """(SET, ADD or REMOVE; name; what is right of it), in order."""
    before, *found = CLAUSE.split(update)
    if before.strip():
        raise ValueError(f"no such action here: {before}")
    return tuple(
        (word, *_sides(word, each.strip()))
        for word, text in zip(found[::2], found[1::2], strict=True)
        for each in re.split(r",(?![^(]*\))", text)
    )


def _sides(word: str, text: str) -> tuple[str, str]:
    name, _, right = text.partition(" = " if word == "SET" else " ")
    if not re.fullmatch(r"#?\w+", name):
        raise ValueError(f"no path like {name} here")
    return name, right.strip()


def updated(update: str, item: Wire, names: Names, values: Wire) -> Wire:
    """A new item. Raises KeyError or ValueError for what it does not know."""
    after = dict(item)
    for word, name, right in clauses(update):
        name = names.get(name, name)
        if word == "REMOVE":
            after.pop(name, None)
        elif word == "ADD":
            before = int(item.get(name, {"N": "0"})["N"])
            after[name] = {"N": str(before + int(values[right]["N"]))}
        elif defaulted := DEFAULTED.fullmatch(right):
            after[name] = item.get(names.get(defaulted[1], defaulted[1]), values[defaulted[2]])
        else:
            after[name] = values[right]
    return after
