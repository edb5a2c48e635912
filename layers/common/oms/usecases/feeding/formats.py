"""CSV and JSON Lines: a line as named values, and a refused line with its reason.

A record is one line: a CSV field holds no line break. The first line of a CSV file names its
columns. `reason` is ignored, so that a file of refused lines can be corrected and dropped again.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ...domain.errors import ValidationFailed

CSV, JSON_LINES = "csv", "jsonl"
FORMATS = {"csv": CSV, "jsonl": JSON_LINES, "ndjson": JSON_LINES}
REQUIRED = ("sku", "node", "quantity")
OPTIONAL = ("kind", "as_of", "id", "reason")
REASON = "reason"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def format_of(name: str) -> str:
    """Raises ValidationFailed for a file that is neither."""
    ending = name.rpartition(".")[2].lower()
    if ending not in FORMATS:
        raise ValidationFailed("a file of stock ends with .csv, .jsonl or .ndjson")
    return FORMATS[ending]


def columns(first_line: bytes) -> tuple[str, ...]:
    """The columns of a CSV file; raises ValidationFailed where one is missing or unknown."""
    found = tuple(name.strip().lower() for name in _fields(_text(first_line)))
    missing = [name for name in REQUIRED if name not in found]
    unknown = [name for name in found if name not in (*REQUIRED, *OPTIONAL)]
    if missing or unknown or len(set(found)) < len(found):
        raise ValidationFailed(
            f"the first line has to name the columns {', '.join(REQUIRED)}"
            f" and may name {', '.join(OPTIONAL)}, each once"
        )
    return found


def values(kind: str, header: Sequence[str], line: bytes) -> dict[str, Any]:
    """The line as named values, without empty ones and `reason`; raises ValidationFailed."""
    text = _text(line)
    found = _csv_values(header, text) if kind == CSV else _json_values(text)
    found.pop(REASON, None)
    return found


def with_reason(kind: str, header: Sequence[str], line: bytes, reason: str) -> str:
    """The line again, with why it was refused."""
    text = line.removeprefix(BYTE_ORDER_MARK).decode(errors="replace")
    if kind == JSON_LINES:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        whole = found if isinstance(found, dict) else {"line": text}
        return json.dumps({**whole, REASON: reason}, ensure_ascii=False) + "\n"
    names = [name for name in header if name != REASON]
    row = dict(zip(header, _fields(text), strict=False))
    return csv_line([*(row.get(name, "") for name in names), reason])


def error_header(kind: str, header: Sequence[str]) -> str:
    names = [name for name in header if name != REASON]
    return csv_line([*names, REASON]) if kind == CSV else ""


def csv_line(fields: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(fields)
    return written.getvalue()


def _text(line: bytes) -> str:
    try:
        return line.removeprefix(BYTE_ORDER_MARK).decode()
    except UnicodeDecodeError:
        raise ValidationFailed("the line is not UTF-8") from None


def _fields(text: str) -> list[str]:
    try:
        return next(csv.reader([text]), [])
    except csv.Error:
        return [text]


def _csv_values(header: Sequence[str], text: str) -> dict[str, Any]:
    fields = _fields(text)
    if len(fields) > len(header):
        raise ValidationFailed(f"{len(fields)} fields, but the first line names {len(header)}")
    found: dict[str, Any] = dict(zip(header, (field.strip() for field in fields), strict=False))
    found = {name: value for name, value in found.items() if value}
    quantity = str(found.get("quantity", ""))
    if quantity.removeprefix("-").isascii() and quantity.removeprefix("-").isdecimal():
        found["quantity"] = int(quantity)
    return found


def _json_values(text: str) -> dict[str, Any]:
    try:
        found: Mapping[str, Any] = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise ValidationFailed("the line is not JSON") from None
    if not isinstance(found, dict):
        raise ValidationFailed("the line is not a JSON object")
    return dict(found)


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is not JSON")
