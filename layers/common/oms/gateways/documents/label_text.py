"""Words on a label: one line, printable, bounded, and in Latin letters where fonts need it.

International post asks for addresses in Latin letters. Greek and Cyrillic are transliterated;
accents and symbols that the font lacks are dropped; a letter that remains unknown becomes `?`, and
an address that has one is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ...domain.errors import ValidationFailed
from ...domain.model.address import Address
from ...domain.model.shipping import Label, LabelRequest
from .countries import country_name
from .layout import LabelText

MAX_CHARS = 120  # of a text that may be cut
FIRST_PICTURE = 0x2190
VARIATIONS = "\ufe0e\ufe0f"
BARCODE = re.compile(r"[A-Z0-9-]{1,28}")  # scans at label width, commands no printer

_CYRILLIC = zip(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
    "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch . y . e yu ya i yi ye g".split(),
    strict=True,
)
_GREEK = zip(
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),
    strict=True,
)
_OTHER = {"ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ŋ": "n", "ø": "o", "ə": "e", "ß": "ss"}
FOREIGN = {letter: latin.strip(".") for letter, latin in (*_CYRILLIC, *_GREEK)}
LETTERS = FOREIGN | _OTHER


def plain(text: str) -> str:
    """All of it in one line, without line breaks, controls, direction marks and pictures (emoji);
    spaces single.
    """
    kept = "".join(" " if c.isspace() else c for c in unicodedata.normalize("NFC", text))
    kept = "".join(c for c in kept if unicodedata.category(c)[0] != "C" and not _picture(c))
    return " ".join(kept.split())


def _picture(character: str) -> bool:
    """An emoji, or what only changes its looks. Signs of Latin-1, as in "3° B", are writing."""
    drawn = unicodedata.category(character) in ("So", "Sk") and ord(character) >= FIRST_PICTURE
    return drawn or character in VARIATIONS


def one_line(text: str, limit: int = MAX_CHARS) -> str:
    """As `plain`, cut with an ellipsis."""
    kept = plain(text)
    return kept if len(kept) <= limit else kept[: limit - 1].rstrip() + "…"


def printable(text: str, has: Callable[[str], bool]) -> str:
    """`text` in characters that the font `has`; never half a word in another script."""
    return "".join(c if has(c) and c.lower() not in FOREIGN else _nearest(c, has) for c in text)


def unprintable(text: str, has: Callable[[str], bool]) -> str:
    """Its letters and digits that the font cannot show, nor anything that they sound like."""
    return "".join(c for c in text if c != "?" and "?" in printable(c, has))


def _nearest(letter: str, has: Callable[[str], bool]) -> str:
    bare = unicodedata.normalize("NFKD", letter)
    base = "".join(c for c in bare if not unicodedata.combining(c))
    latin = "".join(_latin(c) for c in base)
    if not latin:  # a sign without a sound, or a lone accent
        return "" if base != letter or letter.lower() in LETTERS else "?"
    if all(has(c) for c in latin):
        return latin
    return "" if unicodedata.category(letter)[0] == "S" else "?"


def _latin(letter: str) -> str:
    found = LETTERS.get(letter.lower())
    if found is None:
        return letter
    return found.capitalize() if letter.isupper() else found


def barcode(label: Label) -> str:
    """What the Code 128 says; raises ValidationFailed on what a label cannot carry."""
    if not BARCODE.fullmatch(label.barcode):
        raise ValidationFailed(f"{label.barcode!r} cannot be printed as a barcode")
    return label.barcode


def address_lines(address: Address) -> list[str]:
    """As the post reads it: from the person to the country, empty lines left out; nothing cut."""
    city = " ".join(part for part in (address.postal_code, address.city, address.region) if part)
    country = country_name(address.country).upper()
    lines = (address.name, address.line1, address.line2, city, country)
    return [line for line in map(plain, lines) if line]


def recipient_texts(request: LabelRequest, most: float, phone: float) -> list[LabelText]:
    """The address, its first and last line strong, and the telephone; `most`, `phone`: sizes."""
    lines = address_lines(request.recipient)
    ends = (0, len(lines) - 1)
    texts = [LabelText(line, most, no in ends) for no, line in enumerate(lines)]
    number = plain(request.recipient.phone)
    return [*texts, LabelText(number, phone)] if number else texts


def sender_texts(request: LabelRequest, most: float) -> list[LabelText]:
    name, *rest = address_lines(request.sender) or [""]
    return [LabelText(text, most) for text in (name, ", ".join(rest)) if text]


def order_number(request: LabelRequest) -> str:
    return plain(request.reference) or plain(request.order_id)


def parcel_number(request: LabelRequest) -> str:
    """ "1/2": the first of two that leave together."""
    return f"{request.parcel.number}/{max(request.parcels, request.parcel.number)}"


def grouped(tracking: str) -> str:
    """For people: letters, then digits in fours."""
    head = tracking[:2] if tracking[:2].isalpha() else ""
    rest = tracking[len(head) :]
    return " ".join([head, *(rest[i : i + 4] for i in range(0, len(rest), 4))]).strip()


def weight(request: LabelRequest) -> str:
    kg, grams = divmod(request.parcel.weight_g, 1_000)
    return f"{kg}.{grams // 10:02d} kg"
