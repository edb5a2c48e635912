"""Death in the middle of work: a handler dies before or after the call with a chosen number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

BEFORE, AFTER = "before", "after"


class Killed(BaseException):
    """The process is gone: nothing that handles exceptions may handle this."""


@dataclass
class Faults:
    """Counts the calls that handlers make to AWS and to gateways, in their order.

    `at` is the call to die at, counted from 0; None only counts. A gateway's own calls belong to
    the outside world and are not counted.
    """

    at: int | None = None
    mode: str = BEFORE
    active: bool = False  # inside a handler
    for_people: bool = False  # which was called over HTTP
    names: list[str] = field(default_factory=list)
    inside: bool = False

    def around(self, name: str, call: Callable[[], Any]) -> Any:
        if not self.active or self.inside:
            return call()
        here = len(self.names)
        self.names.append(name)
        self._die(here, BEFORE)
        self.inside = True
        try:
            return call()
        finally:
            self.inside = False
            self._die(here, AFTER)

    def _die(self, here: int, mode: str) -> None:
        if (here, mode) == (self.at, self.mode):
            raise Killed(f"{mode} call {here}: {self.names[here]}")


class Watched:
    """Every method of `target` counts as a call."""

    def __init__(self, target: Any, label: str, faults: Faults) -> None:
        self._target, self._label, self._faults = target, label, faults

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._target, name)
        if not callable(found):
            return found

        def call(*args: Any, **named: Any) -> Any:
            return self._faults.around(f"{self._label}.{name}", lambda: found(*args, **named))

        return call


class InTurn:
    """A thread pool that does one thing after the other, so that calls have numbers."""

    def __init__(self, *_: Any) -> None: ...

    def __enter__(self) -> InTurn:
        return self

    def __exit__(self, *_: Any) -> None: ...

    def map(self, work: Callable[..., Any], *items: Any) -> list[Any]:
        return [work(*each) for each in zip(*items, strict=True)]

    def submit(self, work: Callable[..., Any], *args: Any) -> Done:
        return Done(work(*args))


@dataclass(frozen=True)
class Done:
    value: Any

    def result(self) -> Any:
        return self.value
