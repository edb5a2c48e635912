"""Is a JSON document of the shape of a dataclass? Says where it is not, as JSON pointers."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

Problem = tuple[str, str]  # JSON pointer, reason
WORDS = {str: "text", int: "a whole number", bool: "true or false"}


def misfits(kind: Any, plain: object, at: str = "") -> Iterator[Problem]:
    """Fields that do not exist, are missing or of another type. Missing ones with a default fit."""
    if dataclasses.is_dataclass(kind):
        yield from _fields(kind, plain, at)
        return
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        yield from _items(inner[0], plain, at)
    elif origin is not None:
        yield from _entries(inner[1], plain, at)
    elif type(plain) is not kind:
        yield at, f"must be {WORDS[kind]}"


def _fields(kind: Any, plain: object, at: str) -> Iterator[Problem]:
    if not isinstance(plain, Mapping):
        yield at, "must be an object"
        return
    hints = _hints(kind)
    for name, value in plain.items():
        if name in hints:
            yield from misfits(hints[name], value, below(at, name))
        else:
            yield below(at, name), "there is no such field"
    for each in dataclasses.fields(kind):
        free = dataclasses.MISSING
        if each.default is free and each.default_factory is free and each.name not in plain:
            yield below(at, each.name), "is required"


def _items(kind: Any, plain: object, at: str) -> Iterator[Problem]:
    if not isinstance(plain, list | tuple):
        yield at, "must be a list"
        return
    for n, item in enumerate(plain):
        yield from misfits(kind, item, below(at, n))


def _entries(kind: Any, plain: object, at: str) -> Iterator[Problem]:
    if not isinstance(plain, Mapping):
        yield at, "must be an object"
        return
    for name, value in plain.items():
        yield from misfits(kind, value, below(at, name))


def below(at: str, name: object) -> str:
    """The JSON pointer (RFC 6901) of a member."""
    return f"{at}/{str(name).replace('~', '~0').replace('/', '~1')}"


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)
