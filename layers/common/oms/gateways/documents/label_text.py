"""Words on a label: one line, printable, bounded, and in Latin letters where fonts need it.

International post asks for addresses in Latin letters. Greek and Cyrillic are transliterated;
accents that the font lacks are dropped; what remains unknown becomes `?`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from ...domain.errors import ValidationFailed
from ...domain.model.address import Address
from ...domain.model.shipping import Label, LabelRequest

MAX_CHARS = 120
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


def one_line(text: str, limit: int = MAX_CHARS) -> str:
    """Without line breaks, controls and direction marks; spaces single; cut with an ellipsis."""
    kept = "".join(" " if c.isspace() else c for c in unicodedata.normalize("NFC", text))
    kept = "".join(c for c in kept if unicodedata.category(c)[0] != "C")
    kept = " ".join(kept.split())
    return kept if len(kept) <= limit else kept[: limit - 1].rstrip() + "…"


def printable(text: str, has: Callable[[str], bool]) -> str:
    """`text` in characters that the font `has`; never half a word in another script."""
    return "".join(c if has(c) and c.lower() not in FOREIGN else _nearest(c, has) for c in text)


def _nearest(letter: str, has: Callable[[str], bool]) -> str:
    bare = unicodedata.normalize("NFKD", letter)
    plain = "".join(c for c in bare if not unicodedata.combining(c))
    latin = "".join(_latin(c) for c in plain)
    if not latin:  # a sign without a sound, or a lone accent
        return "" if plain != letter or letter.lower() in LETTERS else "?"
    return latin if all(has(c) for c in latin) else "?"


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
    """As the post reads it: from the person to the country, empty lines left out."""
    city = " ".join(part for part in (address.postal_code, address.city, address.region) if part)
    lines = (address.name, address.line1, address.line2, city, address.country.upper())
    return [line for line in map(one_line, lines) if line]


def grouped(tracking: str) -> str:
    """For people: letters, then digits in fours."""
    head = tracking[:2] if tracking[:2].isalpha() else ""
    rest = tracking[len(head) :]
    return " ".join([head, *(rest[i : i + 4] for i in range(0, len(rest), 4))]).strip()


def weight(request: LabelRequest) -> str:
    kg, grams = divmod(request.parcel.weight_g, 1_000)
    return f"{kg}.{grams // 10:02d} kg"
