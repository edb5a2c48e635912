"""Keys of the table Promises: what is awaited on which day, and what came of it.

| access pattern | how |
|---|---|
| the parts that are to be there on a day | Query Promises pk = AWAITED#<ISO date> |
| what came of what was promised for a day | Query Promises pk = KEPT#<ISO date> |
"""

from __future__ import annotations

from collections.abc import Sequence

FIELD = "|"  # between the names of a group: no id of ours has it


def awaited_pk(day: str) -> str:
    return f"AWAITED#{day}"


def kept_pk(day: str) -> str:
    """`day`: the ISO date that was promised."""
    return f"KEPT#{day}"


def kept_sk(names: Sequence[str]) -> str:
    return FIELD.join(names)


def names_of(sk: str) -> list[str]:
    """The inverse of `kept_sk`."""
    return sk.split(FIELD)
