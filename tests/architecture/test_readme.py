"""The map of changes in the README leads to what is there."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import OMS, ROOT

MAP = re.compile(r"^## I want to change …$(.*?)^The laws", re.MULTILINE | re.DOTALL)
PATH = re.compile(r"`([\w./*]*/[\w./*]*)`")


def paths() -> list[str]:
    found = MAP.search((ROOT / "README.md").read_text())
    assert found, "the README has a map of changes"
    return sorted(set(PATH.findall(found[1])))


@pytest.mark.parametrize("path", paths())
def test_the_map_leads_to_what_is_there(path: str) -> None:
    """Below the layer or the project."""
    assert any([*base.glob(path)] for base in (OMS, ROOT)), path
