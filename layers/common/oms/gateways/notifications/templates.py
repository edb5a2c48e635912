"""What customers read, in their language: one subject and body per customer status.

A text is `string.Template` lines. A line whose data is missing is left out, so one text serves
a parcel with and without a tracking link. Values are taken as they are: single line, bounded,
never read as templates themselves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from string import Template
from types import ModuleType

from .texts import de, en, fr

LANGUAGES: dict[str, ModuleType] = {"en": en, "de": de, "fr": fr}
DEFAULT = "en"
STATUSES = frozenset(en.TEXTS)
FIELDS = frozenset(
    (
        *("order", "name", "shop", "items"),
        *("node", "address", "collect_by", "code"),  # where to collect, until when, proof
        "goods",  # codes and links, one to a line
        *("carrier", "tracking", "tracking_url", "promise"),
        *("amount", "total", "reason", "action_url", "return_to", "order_url"),
    )
)
MAX_VALUE = 500
MAX_LISTED = 1_000  # a name, a code and a link
DATES = frozenset({"promise", "collect_by"})  # ISO dates
LISTS = frozenset({"goods"})  # of several lines, as many as there are


def render(status: str, locale: str, data: Mapping[str, str]) -> tuple[str, str]:
    """Subject and body. `data` holds some of FIELDS, `order` always; `status` is of STATUSES."""
    language = LANGUAGES.get(locale.replace("_", "-").split("-")[0].lower(), LANGUAGES[DEFAULT])
    said = {key: _said(key, value, language) for key, value in data.items()}
    values = {key: _listed(value) if key in LISTS else _clean(value) for key, value in said.items()}
    subject, text = language.TEXTS[status]
    hello = language.HELLO_NAME if values.get("name") else language.HELLO
    lines = [hello, "", *text.strip("\n").split("\n"), "", language.ORDER_LINK]
    lines += ["", language.CLOSING]
    body = [_filled(line, values) for line in lines]
    return _filled(subject, values) or subject, _joined(body)


def _said(field: str, value: str, language: ModuleType) -> str:
    """Dates and reasons in words; "" for a reason that has none: codes are not for customers."""
    if field in DATES and value:
        day = date.fromisoformat(value)
        written: str = language.DATE.format(
            day=day.day, month=language.MONTHS[day.month - 1], year=day.year
        )
        return written
    return str(language.REASONS.get(value, "")) if field == "reason" else value


def _filled(line: str, values: Mapping[str, str]) -> str | None:
    """None where the line needs a value that is not there."""
    template = Template(line)
    if any(not values.get(key) for key in template.get_identifiers()):
        return None
    return template.substitute(values)


def _joined(lines: list[str | None]) -> str:
    """Dropped lines leave no gap: at most one empty line in a row."""
    kept: list[str] = []
    for line in lines:
        if line is None or (line == "" and kept[-1:] == [""]):
            continue
        kept.append(line)
    return "\n".join(kept).strip("\n") + "\n"


def _listed(value: str) -> str:
    """Each line is a value of its own."""
    return "\n".join(_clean(line, MAX_LISTED) for line in value.split("\n"))


def _clean(value: str, most: int = MAX_VALUE) -> str:
    kept = "".join(" " if c.isspace() else c for c in value)
    kept = "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cs"))
    return " ".join(kept.split())[:most]
