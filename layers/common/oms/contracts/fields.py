"""Field types that several contracts share. Each refuses what storage or printing would choke on.

Text is Unicode without control characters, without lone surrogates (they are no UTF-8), and
never only blanks.
"""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from ..domain.limits.orders import (
    MAX_EXTERNAL_ID_LENGTH,
    MAX_NOTE_LENGTH,
    MAX_QUANTITY,
    MAX_SKU_LENGTH,
    MAX_TEXT_LENGTH,
)
from ..domain.model.countries import COUNTRIES
from ..domain.model.currencies import CURRENCIES
from ..domain.model.money import MAX_MINOR

_FORBIDDEN = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control, surrogate, line and paragraph break


def printable(value: str) -> str:
    if any(unicodedata.category(char) in _FORBIDDEN for char in value):
        raise PydanticCustomError("text", "Text may not contain control characters")
    return value


def trimmed(value: str) -> str:
    if value != value.strip():
        raise PydanticCustomError("blank", "Text may not begin or end with blanks")
    return value


def iso_4217(value: str) -> str:
    if value not in CURRENCIES:
        raise PydanticCustomError("currency", "Not an active ISO 4217 currency code")
    return value


def iso_3166(value: str) -> str:
    if value not in COUNTRIES:
        raise PydanticCustomError("country", "Not an ISO 3166-1 country code of two letters")
    return value


_Printable = AfterValidator(printable)
_Trimmed = AfterValidator(trimmed)

Text = Annotated[str, Field(max_length=MAX_TEXT_LENGTH), _Printable]
Note = Annotated[str, Field(max_length=MAX_NOTE_LENGTH), _Printable]
RequiredText = Annotated[str, Field(min_length=1, max_length=MAX_TEXT_LENGTH), _Printable, _Trimmed]
Sku = Annotated[str, Field(min_length=1, max_length=MAX_SKU_LENGTH), _Printable, _Trimmed]
ExternalId = Annotated[
    str, Field(min_length=1, max_length=MAX_EXTERNAL_ID_LENGTH), _Printable, _Trimmed
]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$")]
Currency = Annotated[str, Field(max_length=3), AfterValidator(iso_4217)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$"), AfterValidator(iso_3166)]
Locale = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$")]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]{1,64}@[^@\s]+$"), _Printable]
Degrees = Annotated[str, Field(pattern=r"^-?[0-9]{1,3}(\.[0-9]{1,8})?$")]
Minor = Annotated[int, Field(ge=0, le=MAX_MINOR, description="minor units of the currency")]
Quantity = Annotated[int, Field(ge=1, le=MAX_QUANTITY)]
