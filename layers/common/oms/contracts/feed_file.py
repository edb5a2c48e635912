"""One line of a file of stock."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from ..usecases.stocking.book_feed import FeedKind, FeedLine
from .fields import ExternalId, Identifier, Sku
from .parse import Contract, parse
from .stock import MAX_UNITS, AsOf, seconds


class FileLine(Contract):
    """COUNT: all units found, and when (`as_of`). DELTA: the difference, and an `id` of its own.

    Both make that a line which comes again changes nothing.
    """

    sku: Sku
    node: Identifier
    quantity: Annotated[int, Field(ge=-MAX_UNITS, le=MAX_UNITS)]
    kind: Literal["COUNT", "DELTA"] = "COUNT"
    as_of: AsOf = None
    id: ExternalId | Literal[""] = ""

    @model_validator(mode="after")
    def _can_come_twice(self) -> FileLine:
        if self.kind == "COUNT" and self.as_of is None:
            raise ValueError("a count needs as_of")
        if self.kind == "COUNT" and self.quantity < 0:
            raise ValueError("a count is not negative")
        if self.kind == "DELTA" and not self.id:
            raise ValueError("a difference needs an id")
        return self


def feed_line(values: dict[str, Any]) -> FeedLine:
    """Raises ValidationFailed. What a count says is its name: said again, it is the same count."""
    line = parse(FileLine, values)
    id = line.id or f"file:{line.quantity}"
    return FeedLine(
        id, line.node, line.sku, FeedKind(line.kind), line.quantity, seconds(line.as_of)
    )
