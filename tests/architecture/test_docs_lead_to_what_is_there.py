"""Documents name files, functions, floors and chapters that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from oms.edge.principal import CODES, OPS, SERVICE, STAFF, STOREFRONT
from tests.architecture.floors import FLOORS
from tests.architecture.source import OMS, ROOT

ARCHITECTURE = ROOT / "docs/architecture.md"
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs/tours").glob("*.md")),
]
SPAN = re.compile(r"`([^`\n]+)`")
# with a slash, or the name of a file; not part of an address, a variable or a longer word
PATH = re.compile(r"(?<![\w/.$<{:-])([\w<>*.-]+(?:/[\w<>*.-]*)+|[\w-]+\.py)(?![\w/{])")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
SCOPES = {CODES, OPS, SERVICE, STAFF, STOREFRONT}
BASES = (OMS, OMS.parent, ROOT)
IN_BUCKETS = {"orders/", "stock/", "errors/", "replays/"}  # folders of the lake and the inbox


def paths(text: str) -> Iterator[str]:
    """What looks like a path of ours: a folder that we have, or a file of Python by its name."""
    for span in SPAN.findall(text):
        for path in PATH.findall(span):
            top = path.partition("/")[0]
            ours = "/" not in path or any((base / top).exists() for base in BASES)
            if ours and path not in SCOPES | IN_BUCKETS:
                yield path


def is_there(path: str) -> bool:
    """Below the layer or the project; a script without its ending; a file by its name alone."""
    pattern = re.sub(r"<[^>]*>", "*", path).rstrip("/.")
    if "/" not in path:
        return any(any(base.rglob(pattern)) for base in (OMS, *map(ROOT.joinpath, CODE)))
    return any(any(base.glob(each)) for base in BASES for each in (pattern, f"{pattern}.py"))


CODE = ("functions", "benchmarks", "local", "tests", "tools")
NAMED = [(file, path) for file in DOCUMENTS for path in sorted(set(paths(file.read_text())))]


@pytest.mark.parametrize(
    ("file", "path"), NAMED, ids=[f"{file.stem}-{path}" for file, path in NAMED]
)
def test_a_path_in_a_document_is_there(file: Path, path: str) -> None:
    assert is_there(path), f"{file.relative_to(ROOT)} names {path}: it moved, or has another name"


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.stem)
def test_a_link_leads_to_a_file_and_a_chapter(file: Path) -> None:
    links = [link for link in LINK.findall(file.read_text()) if "://" not in link]
    assert [link for link in links if not _reached(file, link)] == []


def _reached(file: Path, link: str) -> bool:
    path, _, chapter = link.partition("#")
    target = (file.parent / path).resolve() if path else file
    return target.exists() and (not chapter or chapter in _chapters(target))


def _chapters(file: Path) -> set[str]:
    """As GitHub names them."""
    titles = HEADING.findall(file.read_text())
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_architecture_names_each_function() -> None:
    table = ARCHITECTURE.read_text().partition("## 4. ")[2].partition("## 5. ")[0]
    told = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert sorted(told) == sorted(app.parent.name for app in ROOT.glob("functions/*/app.py"))


def test_the_architecture_shows_the_floors() -> None:
    """From the top down, as they are built."""
    shown = [" ".join(line.split()) for line in ARCHITECTURE.read_text().splitlines()]
    for package, floors in FLOORS.items():
        top, *rest = reversed(floors)
        first = shown.index(f"{package} {top}")
        assert shown[first + 1 : first + 1 + len(rest)] == rest, package


def test_the_architecture_names_each_file_of_keys() -> None:
    """Or the room that it is in is one of the tables that it shows."""
    text = ARCHITECTURE.read_text()
    orders_and_stock = {"capacity", "counts", "levels", "loads", "nodes", "orders", "reservations"}
    orders_and_stock |= {"stock", "supply"}
    rooms = {keys.parent.name for keys in OMS.glob("stores/*/keys.py")}
    assert {room for room in rooms if f"stores/{room}/keys.py" not in text} <= orders_and_stock
