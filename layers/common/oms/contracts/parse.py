"""Parse at the edge, trust afterwards: pydantic's errors become one ValidationFailed.

Fields are named by JSON pointer (RFC 6901). Neither names nor reasons repeat a given value:
problem documents and logs carry no customer data.
"""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ..domain.errors import ValidationFailed

MAX_FIELDS = 50  # of one answer; the sender corrects those first
MAX_POINTER_LENGTH = 200

ModelT = TypeVar("ModelT", bound=BaseModel)


class View(BaseModel):
    """What we answer or send. Its validator is built on first use: a cold start builds few."""

    model_config = ConfigDict(defer_build=True)


class Contract(BaseModel):
    """What a caller sends: exact types, no unknown fields, immutable. Built on first use."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


def parse(model: type[ModelT], data: object) -> ModelT:
    """`data` as decoded from JSON; raises ValidationFailed naming each wrong field."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ValidationFailed(
            f"{error.error_count()} fields are not valid", fields=fields_of(error)
        ) from None


def fields_of(error: ValidationError) -> dict[str, str]:
    """JSON pointer → reason, for the first MAX_FIELDS errors; "" is the whole document."""
    found: dict[str, str] = {}
    details = error.errors(include_url=False, include_context=False, include_input=False)
    for detail in details:
        if len(found) == MAX_FIELDS:
            break
        found.setdefault(pointer(detail["loc"]), detail["msg"])
    return found


def pointer(location: tuple[int | str, ...]) -> str:
    """("lines", 0, "a/b") → "/lines/0/a~1b". Printable and bounded: a sender chose the names."""
    path = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in location)
    shown = "".join(char if char.isprintable() else "�" for char in path)
    return shown[:MAX_POINTER_LENGTH]
