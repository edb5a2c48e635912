"""A person takes a case, writes down what was found, closes it. Each is safe to repeat."""

from __future__ import annotations

from collections.abc import Callable

from ...domain.model import case as c
from ...ports import Row
from ..retrying import retrying
from .deps import Casework

Key = tuple[str, str]  # of the row


def assign_case(key: Key, owner: str, *, actor: str, deps: Casework) -> Row:
    """Raises NotFound, IllegalTransition for a closed one."""
    return _change(key, lambda case: c.assigned(case, owner, by=actor, at=deps.now), deps)


def note_case(key: Key, text: str, *, actor: str, deps: Casework) -> Row:
    def decide(case: Row) -> Row | None:
        said = [note["text"] for note in case.get("notes", []) if note["by"] == actor]
        return None if said[-1:] == [text] else c.noted(case, text, by=actor, at=deps.now)

    return _change(key, decide, deps)


def close_case(key: Key, text: str, *, actor: str, deps: Casework) -> Row:
    """Closed before, the first resolution stands."""

    def decide(case: Row) -> Row | None:
        if case["status"] in c.CLOSED:
            return None
        return c.resolved(case, text, by=actor, at=deps.now)

    return _change(key, decide, deps)


def _change(key: Key, decide: Callable[[Row], Row | None], deps: Casework) -> Row:
    def attempt() -> Row:
        case = deps.cases.get(*key)
        after = decide(case)
        return case if after is None else deps.cases.save(after)

    return retrying(attempt)
