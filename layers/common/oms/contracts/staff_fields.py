"""Types of the fields that node staff send."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..domain.limits.orders import MAX_LINES, MAX_QUANTITY
from ..domain.limits.preparing import MAX_PACKAGE_SIDE_MM, MAX_PACKAGE_WEIGHT_G
from ..domain.preparing.verbs import StaffVerb

Reason = Literal["NOT_IN_STOCK", "MISMATCH", "DAMAGED", "WORN", "NO_VARIANCE", "NO_CAPACITY"]
Verb = Annotated[StaffVerb, Field(strict=False)]  # by its word
LineNo = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,2}$")]
Count = Annotated[int, Field(ge=0, le=MAX_QUANTITY)]
Grams = Annotated[int, Field(ge=1, le=MAX_PACKAGE_WEIGHT_G)]
Side = Annotated[int, Field(ge=0, le=MAX_PACKAGE_SIDE_MM)]
Reasons = Annotated[dict[LineNo, Reason], Field(max_length=MAX_LINES)]
