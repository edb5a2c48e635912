"""The shipping label as an A6 page: what the driver, the sorter and the scanner look for.

From top: carrier and service, sender in small print, recipient in the largest print that fits,
Code 128 of the tracking number across the width, and at the foot what the warehouse asks for.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

from ...domain.errors import ValidationFailed
from ...domain.model.shipping import Label, LabelRequest
from .label_text import (
    barcode,
    grouped,
    one_line,
    order_number,
    parcel_number,
    printable,
    recipient_texts,
    sender_texts,
    unprintable,
    weight,
)
from .layout import TOLERANCE, LabelBox, LabelRow, LabelText, fitted, pointer

MM = 72 / 25.4
WIDTH, HEIGHT, EDGE = 105 * MM, 148 * MM, 6 * MM
INNER = WIDTH - 2 * EDGE
QUIET_MODULES = 10  # on both sides, as the symbology asks
MIN_MODULE_MM = 0.25
DOT = 72 / 203  # of a label printer: bars are whole dots wide, or their widths would vary
PLAIN, BOLD = "OmsLabel", "OmsLabelBold"


def label_pdf(request: LabelRequest, label: Label) -> bytes:
    """Both come from a carrier gateway; names may hold anything."""
    from reportlab.pdfgen.canvas import Canvas

    _fonts()
    out = BytesIO()
    page = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    page.setTitle(f"Label {label.tracking}")
    page.setLineWidth(0.8)
    _head(page, label)
    _sender(page, request)
    _recipient(page, request)
    _barcode(page, label)
    _foot(page, request)
    page.showPage()
    page.save()
    return out.getvalue()


def _head(page: Any, label: Label) -> None:
    band = 17 * MM
    page.setFillGray(0)
    page.rect(0, HEIGHT - band, WIDTH, band, stroke=0, fill=1)
    page.setFillGray(1)
    base = HEIGHT - 10.8 * MM
    _text(page, PLAIN, 13, EDGE, base, one_line(label.carrier.upper()), INNER * 0.45)
    service = one_line(label.service.upper())
    _text(page, BOLD, 18, WIDTH - EDGE, base, service, INNER * 0.5, right=True)
    page.setFillGray(0)


def _sender(page: Any, request: LabelRequest) -> None:
    top = HEIGHT - 19.5 * MM
    _caption(page, EDGE, top - 2.5 * MM, "FROM")
    _rows(page, EDGE + 14 * MM, top, sender_rows(request))
    page.line(EDGE, HEIGHT - 28.5 * MM, WIDTH - EDGE, HEIGHT - 28.5 * MM)


def sender_rows(request: LabelRequest) -> list[LabelRow]:
    box = LabelBox(INNER - 14 * MM, 8.5 * MM, readable=5, least=4)
    return _fitted("sender", sender_texts(request, 7.5), box)


def _recipient(page: Any, request: LabelRequest) -> None:
    top = HEIGHT - 33.5 * MM
    _caption(page, EDGE, top, "TO")
    _rows(page, EDGE, top - 1.5 * MM, recipient_rows(request))
    page.line(EDGE, 67 * MM, WIDTH - EDGE, 67 * MM)


def recipient_rows(request: LabelRequest) -> list[LabelRow]:
    box = LabelBox(INNER, 44.5 * MM, readable=8, least=5.5)
    return _fitted("recipient", recipient_texts(request, most=16, phone=8), box)


def _barcode(page: Any, label: Label) -> None:
    from reportlab.graphics.barcode.code128 import Code128

    number = barcode(label)
    modules = Code128(number, barWidth=1, quiet=False).width + 2 * QUIET_MODULES
    module = INNER / modules // DOT * DOT
    assert module >= MIN_MODULE_MM * MM
    code = Code128(number, barWidth=module, barHeight=32 * MM, quiet=False)
    left = (WIDTH - code.width) / 2 // DOT * DOT
    code.drawOn(page, left, 31 * MM)
    _text(page, BOLD, 13, WIDTH / 2, 24.5 * MM, grouped(label.tracking), INNER, centred=True)


def _foot(page: Any, request: LabelRequest) -> None:
    page.line(EDGE, 20 * MM, WIDTH - EDGE, 20 * MM)
    _caption(page, EDGE, 15.5 * MM, "ORDER")
    _rows(page, EDGE, 13.5 * MM, order_rows(request))
    facts = (("PARCEL", parcel_number(request)), ("WEIGHT", weight(request)))
    column = INNER / 4
    for number, (caption, value) in enumerate(facts, start=2):
        left = EDGE + number * column
        _caption(page, left, 15.5 * MM, caption)
        _text(page, BOLD, 11, left, 9.5 * MM, value, column - 2 * MM)


def order_rows(request: LabelRequest) -> list[LabelRow]:
    box = LabelBox(INNER / 2 - 3 * MM, 10.5 * MM, readable=7, least=4)
    return _fitted("order number", [LabelText(order_number(request), 11, strong=True)], box)


def _fitted(what: str, texts: list[LabelText], box: LabelBox) -> list[LabelRow]:
    """Raises ValidationFailed where a label cannot carry all of `texts`."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    has = _fonts()
    for text in texts:
        if lost := unprintable(text.text, has):
            detail = f"the {what} has letters that a label cannot print: {lost}"
            raise ValidationFailed(detail, fields={pointer(what): "write it in Latin letters"})
    shown = [replace(text, text=printable(text.text, has)) for text in texts]
    return fitted(what, shown, box, lambda text: stringWidth(text, BOLD, 1))


def _rows(page: Any, x: float, top: float, rows: list[LabelRow]) -> None:
    for row in rows:
        page.setFont(BOLD if row.strong else PLAIN, row.size)
        page.drawString(x, top - row.down, row.text)


def _caption(page: Any, x: float, y: float, text: str) -> None:
    page.setFillGray(0.35)
    page.setFont(PLAIN, 6.5)
    page.drawString(x, y, text)
    page.setFillGray(0)


def _text(
    page: Any,
    font: str,
    size: float,
    x: float,
    y: float,
    text: str,
    room: float,
    *,
    least: float = 6,
    right: bool = False,
    centred: bool = False,
) -> None:
    """One line in the largest size that fits `room`, cut with an ellipsis below `least`."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    shown = printable(text, _fonts())
    size = max(least, min(size, size * room / max(1.0, stringWidth(shown, font, size))))
    while len(shown) > 1 and stringWidth(shown, font, size) > room + TOLERANCE:
        shown = shown[:-2].rstrip() + "…"
    page.setFont(font, size)
    draw = page.drawRightString if right else page.drawString
    (page.drawCentredString if centred else draw)(x, y, shown)


@cache
def _fonts() -> Any:
    """Registers the fonts that reportlab brings along; answers whether they have a character."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    plain, bold = TTFont(PLAIN, "Vera.ttf"), TTFont(BOLD, "VeraBd.ttf")
    pdfmetrics.registerFont(plain)
    pdfmetrics.registerFont(bold)
    known = set(plain.face.charToGlyph) & set(bold.face.charToGlyph)
    return lambda character: ord(character) in known
