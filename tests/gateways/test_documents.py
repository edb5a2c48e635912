"""Labels that scan and stay labels whatever people are called, and where they are kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from oms.domain.errors import ValidationFailed
from oms.domain.model.address import Address
from oms.domain.model.countries import COUNTRIES
from oms.domain.model.money import Money
from oms.domain.model.shipping import Label, LabelRequest, Parcel
from oms.gateways.carriers.tracking_number import tracking_number
from oms.gateways.documents import label_pdf as pdf
from oms.gateways.documents import zpl
from oms.gateways.documents.countries import country_name
from oms.gateways.documents.label_pdf import label_pdf
from oms.gateways.documents.label_text import address_lines, grouped, one_line, printable
from oms.gateways.documents.layout import LabelRow
from oms.gateways.documents.printer import DocumentPrinter
from oms.gateways.documents.zpl import escaped, zpl_label

NUMBER = tracking_number("swift", "o1.1.1")
DEPOT = Address("Depot Leipzig", "Am Exer 7", "Leipzig", "DE", "04158")
ZOE = Address("Zoë Łukasz", "12 rue de l'Abbaye", "Paris", "FR", "75006", phone="+33 6 12")
REQUEST = LabelRequest("o1.1.1", "o1", "swift", "standard", DEPOT, ZOE, Parcel(1, 1_540), "10045")
LABEL = Label(NUMBER, "swift", "standard", NUMBER, Money(990, "EUR"))

HOSTILE = [
    "^XZ^XA^FDowned^FS",
    "~JA~DGR:X.GRF",
    "_5EXZ",
    "a\nb\rc\td\x00e",
    "\u202egnirts desrever\u202c",
    "x" * 100,
    "Константин Ελλάδα 👩‍👩‍👧",
    "\\&\\(*) (unbalanced <b>&amp;",
    "",
]


def named(text: str) -> LabelRequest:
    """Every field that people fill in holds `text`; of the sender, so much as is printed small."""
    person = replace(ZOE, name=text, line1=text, line2=text, city=text, region=text, phone=text)
    sender = replace(DEPOT, name=text[:60], line1=text[:60], city=text[:60])
    return replace(REQUEST, sender=sender, recipient=person, reference=text, order_id=text)


def page_of(pdf: bytes) -> Any:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    return document[0]


def scanned(pdf: bytes, scale: float = 2.8) -> list[str]:
    """What a scanner reads at `scale` × 72 dots per inch (2.8: a 203 dpi printer)."""
    image = page_of(pdf).render(scale=scale).to_pil()
    found = zxingcpp.read_barcodes(image)
    assert all(code.format == zxingcpp.BarcodeFormat.Code128 for code in found)
    return [code.text for code in found]


def test_the_label_is_one_a6_page_that_scans_to_the_tracking_number() -> None:
    pdf = label_pdf(REQUEST, LABEL)
    width, height = page_of(pdf).get_size()
    assert (round(width), round(height)) == (298, 420)
    assert scanned(pdf) == [NUMBER]


def test_the_label_says_who_where_and_what() -> None:
    text = page_of(label_pdf(REQUEST, LABEL)).get_textpage().get_text_bounded()
    said = (
        "SWIFT",
        "STANDARD",
        "Zoë Łukasz",
        "75006 Paris",
        "FRANCE",
        "1/1",
        "Leipzig",
        "10045",
        "1.54 kg",
    )
    for expected in (*said, grouped(NUMBER)):
        assert expected in text


STREETS = [
    "Calle de la Princesa, Portal B, Piso 12",
    "Appartement 4711, Escalier C, 128 bis boulevard de la République, Bâtiment 3",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsstraße 1",
    "W" * 60 + " 12",
    " ".join(["Building 12, Block 9, Road 1234"] * 6),
]
ORDERS = ["16E78-7649d8x", "404-7112435-9021867", "W" * 20, "f3" * 30]


def words_of_pdf(request: LabelRequest) -> str:
    """Without blanks: a long word is broken between rows."""
    text = page_of(label_pdf(request, LABEL)).get_textpage().get_text_bounded()
    return "".join(text.split())


def words_of_zpl(request: LabelRequest) -> str:
    fields = re.findall(r"\^FH_\^FD(.*)\^FS", zpl_label(request, LABEL))
    raw = "".join(fields).encode()
    whole = re.sub(rb"_([0-9A-F]{2})", lambda found: bytes.fromhex(found[1].decode()), raw)
    return "".join(whole.decode().split())


@pytest.mark.parametrize("read", [words_of_pdf, words_of_zpl])
@pytest.mark.parametrize("street", STREETS)
def test_a_street_is_read_back_whole(street: str, read: Callable[[LabelRequest], str]) -> None:
    for address in (replace(ZOE, line1=street), replace(ZOE, line2=street)):
        assert "".join(street.split()) in read(replace(REQUEST, recipient=address))
    assert "".join(street.split()) in read(replace(REQUEST, sender=replace(DEPOT, line1=street)))


@pytest.mark.parametrize("read", [words_of_pdf, words_of_zpl])
@pytest.mark.parametrize("number", ORDERS)
def test_an_order_number_is_read_back_whole(
    number: str, read: Callable[[LabelRequest], str]
) -> None:
    assert number in read(replace(REQUEST, reference=number))


@pytest.mark.parametrize("read", [words_of_pdf, words_of_zpl])
def test_a_label_says_which_of_how_many_parcels_it_is_on(
    read: Callable[[LabelRequest], str],
) -> None:
    assert "2/3" in read(replace(REQUEST, parcel=Parcel(2, 1_540), parcels=3))


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("ES", "SPAIN"),
        ("GB", "UNITED KINGDOM"),
        ("KR", "SOUTH KOREA"),
        ("XK", "KOSOVO"),
        ("RE", "RÉUNION"),
        ("??", "??"),
    ],
)
def test_a_country_is_named_in_words(code: str, name: str) -> None:
    assert address_lines(replace(ZOE, country=code))[-1] == name


def test_every_country_that_an_address_may_have_has_a_name() -> None:
    for code in COUNTRIES:
        assert len(country_name(code)) > len(code)


@pytest.mark.parametrize("rows_of", [pdf.recipient_rows, zpl.recipient_rows])
@pytest.mark.parametrize("street", STREETS)
def test_no_row_is_printed_over_another(
    street: str, rows_of: Callable[[LabelRequest], list[LabelRow]]
) -> None:
    rows = rows_of(replace(REQUEST, recipient=replace(ZOE, line1=street, line2=street)))
    for above, row in pairwise(rows):
        assert row.down - row.size >= above.down


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (replace(REQUEST, sender=replace(DEPOT, line1="W" * 200, city="W" * 200)), "/sender"),
        (replace(REQUEST, recipient=replace(ZOE, name="W" * 200, line1="W" * 200,
                                            line2="W" * 200, city="W" * 200)), "/recipient"),
        (replace(REQUEST, reference="W" * 400), "/order_number"),
    ],
)  # fmt: skip
def test_what_no_label_carries_whole_is_refused(asked: LabelRequest, field: str) -> None:
    for refused in (lambda: label_pdf(asked, LABEL), lambda: DocumentPrinter().check(asked)):
        with pytest.raises(ValidationFailed) as why:
            refused()
        assert list(why.value.fields) == [field]


@pytest.mark.parametrize("name", ["東京都港区", "شارع الملك", "רחוב הרצל", "ถนนสุขุมวิท"])
def test_an_address_in_letters_that_the_label_lacks_is_refused_and_names_them(name: str) -> None:
    with pytest.raises(ValidationFailed, match=name[0]) as why:
        DocumentPrinter().check(replace(REQUEST, recipient=replace(ZOE, line1=name)))
    assert "/recipient" in why.value.fields


@pytest.mark.parametrize("read", [words_of_pdf, words_of_zpl])
def test_emoji_are_dropped_from_a_label(read: Callable[[LabelRequest], str]) -> None:
    said = read(replace(REQUEST, recipient=replace(ZOE, name="Ada ❤️🎉 Test", line2="3° B")))
    assert "AdaTest" in said
    assert "3°B" in said
    assert "?" not in said


def test_the_same_label_is_the_same_file() -> None:
    assert label_pdf(REQUEST, LABEL) == label_pdf(REQUEST, LABEL)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_leave_a_label_that_scans(text: str) -> None:
    assert scanned(label_pdf(named(text), LABEL)) == [NUMBER]


@pytest.mark.parametrize(
    "number", ["1", "1Z999AA10123456784", "JJD014600006281230704183", "Q" * 28]
)
def test_numbers_of_other_carriers_scan_too(number: str) -> None:
    assert scanned(label_pdf(REQUEST, replace(LABEL, tracking=number, barcode=number))) == [number]


def test_other_scripts_are_spelled_in_latin_letters() -> None:
    def latin(character: str) -> bool:
        return character.isascii()

    rows = {
        "Щукин": "Shchukin",
        "Ελλάδα": "Ellada",
        "Łódź": "Lodz",
        "Großmann": "Grossmann",
        "Объект": "Obekt",
        "中": "?",
    }
    for given_text, expected in rows.items():
        assert printable(given_text, latin) == expected


def test_one_line_is_one_line_and_bounded() -> None:
    assert one_line(" a\n\tb\u202e\x07 c ") == "a b c"
    assert one_line("x" * 200) == "x" * 119 + "…"


TEXT_FIELD = re.compile(
    r"\^FO\d+,\d+\^A0N,\d+,\d+(\^FB\d+,1,0,[LRC](\^FR)?)?\^FH_\^FD[^\^~\\\n]*\^FS"
)
DRAWN = re.compile(r"\^FO\d+,\d+(\^GB\d+,\d+,\d+\^FS|\^BY\d\^BCN,260,N,N,N,A\^FD[A-Z0-9-]+\^FS)")
FRAME = ("^XA", "^CI28", "^PW812^LL1218^LH0,0", "^PQ1", "^XZ")


def assert_is_a_label(zpl: str) -> None:
    """Only our own commands, one label, ASCII."""
    assert zpl.isascii()
    lines = zpl.splitlines()
    assert (lines[0], lines[-1]) == ("^XA", "^XZ")
    assert zpl.count("^XA") == zpl.count("^XZ") == 1
    for line in lines:
        assert line in FRAME or TEXT_FIELD.fullmatch(line) or DRAWN.fullmatch(line), line


def test_zpl_holds_the_code_and_the_words() -> None:
    zpl = zpl_label(REQUEST, LABEL)
    assert_is_a_label(zpl)
    assert f"^BCN,260,N,N,N,A^FD{NUMBER}^FS" in zpl
    assert "^FDZo_C3_AB _C5_81ukasz^FS" in zpl


def test_zpl_prints_inside_the_paper() -> None:
    for line in zpl_label(REQUEST, LABEL).splitlines():
        if found := re.match(r"\^FO(\d+),(\d+)(?:.*\^FB(\d+))?", line):
            x, y, width = (int(part or 0) for part in found.groups())
            assert x + width <= 812 - 40
            assert y < 1218 - 60


@pytest.mark.parametrize("text", HOSTILE)
def test_no_name_commands_the_printer(text: str) -> None:
    assert_is_a_label(zpl_label(named(text), replace(LABEL, service=text, carrier=text)))


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_whatever_the_name_zpl_stays_a_label(text: str) -> None:
    assert_is_a_label(zpl_label(named(text), LABEL))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_the_printer_reads_what_was_written(text: str) -> None:
    def decoded(found: re.Match[bytes]) -> bytes:
        return bytes.fromhex(found[1].decode())

    assert re.sub(rb"_([0-9A-F]{2})", decoded, escaped(text).encode()).decode() == text


@pytest.mark.parametrize("barcode", ["", "A^XZ", "A>5", "a", "Ä", "A" * 29, "A\n"])
def test_a_barcode_that_no_label_can_carry_is_refused(barcode: str) -> None:
    for made in (zpl_label, label_pdf):
        with pytest.raises(ValidationFailed):
            made(REQUEST, replace(LABEL, barcode=barcode))
