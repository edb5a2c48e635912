"""Domain dataclasses ⇄ plain maps that DynamoDB stores (ints, strings, lists, maps).

Fields at their default are left out: an item's size is paid at every write. Units are kept as
range text ("0-2,5"), timeline entries as one string, locations of stock under the name `page`.
Decoding follows the type hints and ignores attributes it does not know, so that an older version
can read what a newer one wrote.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar
from urllib.parse import quote, unquote

from ...domain.model import units
from ...domain.timeline import Entry
from ...observability import correlation_id

Plain = dict[str, Any]
T = TypeVar("T")
ACTOR_SAFE = ":@/+ "
STORED_AS = {"location": "page", "locations": "pages"}  # field → attribute, where they differ


def encode(value: Any) -> Any:
    if isinstance(value, Entry):
        actor = quote(value.actor, safe=ACTOR_SAFE)  # a token's subject may hold our separator
        return f"{value.version}|{value.kind}|{value.at}|{actor}|{value.note}"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return units.text(value) if all(isinstance(n, int) for n in value) else sorted(value)
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value


def _fields(value: Any) -> Plain:
    plain = {}
    kind: Any = type(value)
    for name, default in _defaults(kind).items():
        item = getattr(value, name)
        if item != default:
            plain[STORED_AS.get(name, name)] = encode(item)
    return plain


@cache
def _defaults(kind: Any) -> dict[str, Any]:
    found = {}
    for field in dataclasses.fields(kind):
        default = field.default
        if field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        found[field.name] = default
    return found


def decode(kind: type[T], plain: Any) -> T:
    """The inverse of `encode` for a value of type `kind`."""
    value: T = _decode(kind, plain)
    return value


def _decode(kind: Any, plain: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        inner = [arg for arg in typing.get_args(kind) if arg is not type(None)]
        return None if plain is None else _decode(inner[0], plain)
    if kind is Entry:
        version, name, at, actor, note = plain.split("|", 4)
        return Entry(int(version), name, int(at), unquote(actor), note)
    if dataclasses.is_dataclass(kind):
        build: Any = kind
        hints = _hints(build)
        stored = {name: STORED_AS.get(name, name) for name in hints}
        known = {n: _decode(hints[n], plain[at]) for n, at in stored.items() if at in plain}
        return build(**known)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(plain)
    if origin is typing.Literal:
        return plain
    if origin is not None:
        return _decode_container(origin, typing.get_args(kind), plain)
    return plain


def _decode_container(origin: Any, args: tuple[Any, ...], plain: Any) -> Any:
    if origin is frozenset:
        if args[0] is int:
            return units.parse(plain) if isinstance(plain, str) else frozenset(plain)
        return frozenset(plain)
    if origin is tuple:
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(_decode(args[0], item) for item in plain)
        return tuple(_decode(arg, item) for arg, item in zip(args, plain, strict=True))
    key, item_kind = args
    as_key = int if key is int else str
    return {as_key(name): _decode(item_kind, item) for name, item in plain.items()}


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def last_step(timeline: Sequence[Entry]) -> dict[str, Any]:
    """The attributes `v` and `last` of a row whose timeline this is, for the stream."""
    entry = timeline[-1]
    return {"v": entry.version, "last": {"k": entry.kind, "at": entry.at, "by": entry.actor}}


def step_of_order(entry: Entry, cause: str = "") -> dict[str, Any]:
    """The attribute `last` of a row of an order or a cart. With the id of the request that it
    follows from: whoever follows the stream goes on under it (ADR 0039).
    """
    last: Plain = {"k": entry.kind, "at": entry.at, "by": entry.actor}
    if cause:
        last["cause"] = cause
    if id := correlation_id():
        last["c"] = id
    return last
