"""A port that is built when it is first asked for something.

A bundle holds all that its subject ever needs; one request uses a few of them. What costs a
client, a secret or a variable that not every function has is wrapped, and stands ready at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

PortT = TypeVar("PortT")


class _Lazy:
    __slots__ = ("_build",)

    def __init__(self, build: Callable[[], object]) -> None:
        self._build = build

    def __getattr__(self, name: str) -> Any:
        return getattr(self._build(), name)


def lazy(build: Callable[[], PortT]) -> PortT:
    """What `build` gives, asked for at each use: it has to keep what it made."""
    return cast(PortT, _Lazy(build))
