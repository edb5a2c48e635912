"""The shipping label in ZPL II, for thermal printers: 4 × 6 inches at 203 dpi.

Every text goes through `^FH_`: what could command the printer (`^`, `~`), the escape itself and
everything beyond printable ASCII is written as `_hh` bytes of UTF-8 (`^CI28`), so no name can
leave its field.
"""

from __future__ import annotations

import re

from ...domain.model.shipping import Label, LabelRequest
from .label_text import (
    barcode,
    grouped,
    one_line,
    order_number,
    parcel_number,
    recipient_texts,
    sender_texts,
    weight,
)
from .layout import LabelBox, LabelRow, LabelText, fitted

WIDTH, HEIGHT, EDGE = 812, 1218, 40
INNER = WIDTH - 2 * EDGE
QUIET_MODULES = 10
LEAST = 18  # dots high: the smallest print that is still read
WIDE = 0.6  # of its height: a letter
SAFE = re.compile(r"[A-Za-z0-9 .,:;/()+#&@'\"!?=*%-]")


def zpl_label(request: LabelRequest, label: Label) -> str:
    return "\n".join(
        [
            "^XA",
            "^CI28",
            f"^PW{WIDTH}^LL{HEIGHT}^LH0,0",
            *_head(label),
            *_sender(request),
            *_recipient(request),
            *_barcode(label),
            *_foot(request),
            "^PQ1",
            "^XZ",
            "",
        ]
    )


def _head(label: Label) -> list[str]:
    half = INNER // 2
    return [
        f"^FO0,0^GB{WIDTH},120,120^FS",
        _text(EDGE, 38, 52, label.carrier.upper(), width=half, reverse=True),
        _text(EDGE + half, 38, 52, label.service.upper(), width=half, align="R", reverse=True),
    ]


def _sender(request: LabelRequest) -> list[str]:
    rows = _rows(EDGE + 110, 132, sender_rows(request))
    return [_text(EDGE, 150, 20, "FROM", width=110), *rows, _rule(220)]


def sender_rows(request: LabelRequest) -> list[LabelRow]:
    box = LabelBox(INNER - 110, 84, readable=20, least=14)
    return _fitted("sender", sender_texts(request, 26), box)


def _recipient(request: LabelRequest) -> list[str]:
    rows = _rows(EDGE, 268, recipient_rows(request))
    return [_text(EDGE, 240, 20, "TO", width=INNER), *rows, _rule(640)]


def recipient_rows(request: LabelRequest) -> list[LabelRow]:
    box = LabelBox(INNER, 366, readable=28, least=LEAST)
    return _fitted("recipient", recipient_texts(request, most=50, phone=28), box)


def _barcode(label: Label) -> list[str]:
    """As wide as fits with its quiet zones, in whole dots per module."""
    number = barcode(label)
    symbols = _symbols(number)
    modules = 11 * (symbols + 2) + 13 + 2 * QUIET_MODULES
    module = max(2, min(4, INNER // modules))
    left = (WIDTH - (modules - 2 * QUIET_MODULES) * module) // 2
    return [
        f"^FO{left},680^BY{module}^BCN,260,N,N,N,A^FD{number}^FS",
        _text(EDGE, 962, 40, grouped(label.tracking), width=INNER, align="C"),
    ]


def _foot(request: LabelRequest) -> list[str]:
    column = INNER // 4
    facts = (("PARCEL", parcel_number(request)), ("WEIGHT", weight(request)))
    made = [_rule(1030), _text(EDGE, 1056, 20, "ORDER", width=2 * column)]
    made += _rows(EDGE, 1082, order_rows(request))
    for number, (caption, value) in enumerate(facts, start=2):
        left = EDGE + number * column
        made.append(_text(left, 1056, 20, caption, width=column))
        made.append(_text(left, 1092, 36, value, width=column - 10))
    return made


def order_rows(request: LabelRequest) -> list[LabelRow]:
    box = LabelBox(INNER / 2 - 20, 90, readable=24, least=14)
    return _fitted("order number", [LabelText(order_number(request), 36)], box)


def _fitted(what: str, texts: list[LabelText], box: LabelBox) -> list[LabelRow]:
    """Raises ValidationFailed where a label cannot carry all of `texts`."""
    return fitted(what, texts, box, lambda text: WIDE * len(text))


def _rows(x: int, top: int, rows: list[LabelRow]) -> list[str]:
    return [_line(x, top + int(row.down - row.size), int(row.size), row.text) for row in rows]


def _symbols(number: str) -> int:
    """Code 128 symbols with runs of four or more digits in pairs, and their switches."""
    count = 0
    for run in re.findall(r"[0-9]{4,}|[0-9]{1,3}(?![0-9])|[^0-9]+", number):
        pairs, odd = divmod(len(run), 2)
        count += pairs + odd + 1 if run.isdigit() and len(run) >= 4 else len(run)
    return count


def _rule(y: int) -> str:
    return f"^FO{EDGE},{y}^GB{INNER},3,3^FS"


def _text(
    x: int, y: int, size: int, text: str, *, width: int, align: str = "L", reverse: bool = False
) -> str:
    """One line of at most `width` dots: smaller where long, then cut."""
    shown = one_line(text)
    size = max(LEAST, min(size, int(width / (WIDE * max(1, len(shown))))))
    shown = one_line(shown, max(1, int(width / (WIDE * size))))
    return _line(x, y, size, shown, f"^FB{width},1,0,{align}{'^FR' if reverse else ''}")


def _line(x: int, y: int, size: int, text: str, block: str = "") -> str:
    shown = text.replace("\\", "/")  # `\\&` breaks the line of a ^FB field
    return f"^FO{x},{y}^A0N,{size},{size}{block}^FH_^FD{escaped(shown)}^FS"


def escaped(text: str) -> str:
    """`_hh` for each UTF-8 byte of what is not plainly printable."""
    return "".join(c if SAFE.fullmatch(c) else _hex(c) for c in text)


def _hex(character: str) -> str:
    return "".join(f"_{byte:02X}" for byte in character.encode("utf-8", "replace"))
