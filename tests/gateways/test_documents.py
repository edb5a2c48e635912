"""Labels that scan and stay labels whatever people are called, and where they are kept."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import boto3
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from moto import mock_aws

from oms.domain.errors import ValidationFailed
from oms.domain.model.address import Address
from oms.domain.model.money import Money
from oms.domain.model.shipping import Label, LabelRequest, Parcel
from oms.gateways.carriers.tracking_number import tracking_number
from oms.gateways.documents.label_pdf import label_pdf
from oms.gateways.documents.label_text import grouped, one_line, printable
from oms.gateways.documents.s3 import S3Documents
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
    "x" * 200,
    "W" * 200,
    "Константин Ελλάδα 中文 العربية 👩‍👩‍👧",
    "\\&\\(*) (unbalanced <b>&amp;",
    "",
]


def named(text: str) -> LabelRequest:
    """Every field that people fill in holds `text`."""
    person = replace(ZOE, name=text, line1=text, line2=text, city=text, region=text, phone=text)
    return replace(REQUEST, sender=person, recipient=person, reference=text, order_id=text)


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
    said = ("SWIFT", "STANDARD", "Zoë Łukasz", "75006 Paris", "FR", "Leipzig", "10045", "1.54 kg")
    for expected in (*said, grouped(NUMBER)):
        assert expected in text


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


TEXT_FIELD = re.compile(r"\^FO\d+,\d+\^A0N,\d+,\d+\^FB\d+,1,0,[LRC](\^FR)?\^FH_\^FD[^\^~\\\n]*\^FS")
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


def test_documents_are_kept_with_their_type_and_linked_for_a_while() -> None:
    with mock_aws():
        client = boto3.client(
            "s3",
            region_name="eu-central-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
        where = {"LocationConstraint": "eu-central-1"}
        client.create_bucket(Bucket="documents", CreateBucketConfiguration=where)
        documents = S3Documents(client, "documents")
        documents.put("labels/o1/1.pdf", b"%PDF", "application/pdf")
        kept = client.get_object(Bucket="documents", Key="labels/o1/1.pdf")
        assert (kept["Body"].read(), kept["ContentType"]) == (b"%PDF", "application/pdf")
        link = documents.url("labels/o1/1.pdf", ttl_s=300)
        assert "labels/o1/1.pdf" in link
        assert "Expires" in link
