"""Types of what stands in a path, a query or a header, and of a body that is taken as it came.

A value in a path that can name nothing of ours is answered with 404, without asking the database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from aws_lambda_powertools.event_handler import Request
from aws_lambda_powertools.event_handler.depends import Depends
from aws_lambda_powertools.event_handler.openapi.params import Header, Path, Query
from pydantic import AfterValidator, BeforeValidator, Field

from ..contracts.fields import printable
from ..domain.ids import ALPHABET, ORDER_ID_LENGTH
from ..domain.limits.aws import MAX_PATH_VALUE_LENGTH
from ..domain.limits.orders import MAX_EXTERNAL_ID_LENGTH
from ..domain.limits.sourcing import MAX_RULE_VERSIONS
from .api import raw_body
from .cursor import MAX_PAGE

MAX_CURSOR_LENGTH = 2048
_DECIMAL = re.compile(r"[0-9]{1,9}")


def _decimal(text: object) -> object:
    """Pydantic would also take "+1", "1.0" and " 1 "."""
    if isinstance(text, str) and not _DECIMAL.fullmatch(text):
        raise ValueError("not a whole number in decimal digits")
    return text


# Stands after the bounds, so that the schema shows them: Annotated[int, Field(ge=0), Decimal, …].
Decimal = BeforeValidator(_decimal)

Name = Annotated[str, Path(min_length=1, max_length=MAX_PATH_VALUE_LENGTH)]
OrderId = Annotated[str, Path(pattern=f"^[{ALPHABET}]{{{ORDER_ID_LENGTH}}}$")]
PartNumber = Annotated[int, Field(ge=0, le=99), Decimal, Path()]
ReturnNumber = Annotated[int, Field(ge=0, le=99), Decimal, Path()]
CaseKind = Annotated[str, Path(pattern="^[A-Z_]{1,40}$")]
CasePart = Annotated[int, Field(ge=0, le=999), Decimal, Path()]  # 0: the whole order
Identified = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$")]
RulesNumber = Annotated[int, Field(ge=1, le=MAX_RULE_VERSIONS), Decimal, Path()]
Before = Annotated[
    int,
    Field(ge=1, le=MAX_RULE_VERSIONS),
    Decimal,
    Query(description="Only older ones than this number: `next` of the page before"),
]
IdempotencyKey = Annotated[
    str,
    AfterValidator(printable),
    Header(
        alias="Idempotency-Key",
        max_length=MAX_EXTERNAL_ID_LENGTH,
        description="Names what is asked for, when the body has no key",
    ),
]
Limit = Annotated[
    int,
    Field(ge=1, le=MAX_PAGE),
    Decimal,
    Query(description="Entries of one page, 20 unless said"),
]
Cursor = Annotated[
    str,
    Query(
        max_length=MAX_CURSOR_LENGTH,
        description="Where the page starts: given with the page before",
    ),
]


def _raw(request: Request) -> bytes:
    return raw_body(request.resolved_event.raw_event)


def _headers(request: Request) -> Mapping[str, str]:
    given = request.resolved_event.raw_event.get("headers") or {}
    return {name.lower(): value for name, value in given.items()}


RawBody = Annotated[bytes, Depends(_raw)]
Headers = Annotated[Mapping[str, str], Depends(_headers)]  # lower-case names
