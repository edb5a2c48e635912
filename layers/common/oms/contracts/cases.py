"""Cases of all kinds, as one list, and what a person does with one."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from ..domain.errors import NotFound
from .fields import RequiredText
from .parse import Contract, View
from .sparse import Sparse

SHOWN_APART = frozenset(
    {"pk", "sk", "v", "cq", "last", "status", "kind", "node", "owner", "at", "due_at", "notes"}
)
CaseState = Literal["OPEN", "ASSIGNED", "RESOLVED", "DISMISSED"]


class CasesQuery(Contract):
    """`older_s`: opened at least so many seconds ago."""

    state: CaseState = "OPEN"
    kind: Annotated[str, Field(max_length=40)] = ""
    node: Annotated[str, Field(max_length=64)] = ""
    owner: Annotated[str, Field(max_length=128)] = ""
    older_s: Annotated[int, Field(ge=0, le=10**9, strict=False)] = 0


class AssignCaseBody(Contract):
    """`owner`: subject of a person's token; left out, whoever asks."""

    owner: Annotated[str, Field(max_length=128)] = ""


class CaseNoteBody(Contract):
    note: RequiredText


class CaseNoteView(View):
    text: str
    by: str
    at: str


class CaseShown(Sparse):
    """`id` names it in this API; `detail` is what opened it."""

    id: str
    kind: str
    state: CaseState
    opened_at: str
    due_at: str
    order_id: str | None = None
    number: int | None = None
    sku: str | None = None
    node: str | None = None
    owner: str | None = None
    notes: list[CaseNoteView]
    detail: dict[str, Any]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> CaseShown:
        noun, _, name = row["pk"].partition("#")
        about: dict[str, Any] = {"sku": name}
        if noun == "O":
            about = {"order_id": name, "number": int(row["sk"].rpartition("#")[2])}
        return cls(
            id=case_id(row["pk"], row["sk"]),
            kind=row["kind"],
            state=row["status"],
            opened_at=_instant(row["at"]),
            due_at=_instant(row["due_at"]),
            node=row.get("node"),
            owner=row.get("owner"),
            notes=[CaseNoteView(**{**n, "at": _instant(n["at"])}) for n in row.get("notes", [])],
            detail={name: value for name, value in row.items() if name not in SHOWN_APART},
            **about,
        )


class CasesPage(Sparse):
    """A page may hold fewer cases than asked for while `cursor` says that there are more."""

    cases: list[CaseShown]
    cursor: str | None = None

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]], cursor: str | None) -> CasesPage:
        return cls(cases=[CaseShown.of(row) for row in rows], cursor=cursor)


def case_id(pk: str, sk: str) -> str:
    return base64.urlsafe_b64encode(f"{pk}|{sk}".encode()).decode().rstrip("=")


def case_key(id: str) -> tuple[str, str]:
    """Raises NotFound for what names no case."""
    try:
        pk, _, sk = base64.urlsafe_b64decode(id + "=" * (-len(id) % 4)).decode().rpartition("|")
    except ValueError as error:
        raise NotFound("there is no such case") from error
    return pk, sk


def _instant(at: int) -> str:
    return datetime.fromtimestamp(int(at), UTC).isoformat().replace("+00:00", "Z")
