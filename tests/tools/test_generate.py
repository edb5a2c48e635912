"""Generated files: what is stale is named, what is generated inside a file leaves the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.generate import GENERATED, ROOT, Generator, stale
from tools.sources import between, lifecycles


def test_a_missing_or_changed_file_is_stale(tmp_path: Path) -> None:
    (tmp_path / "right.md").write_text("text")
    (tmp_path / "wrong.md").write_text("old")
    entries = [(name, lambda _: "text") for name in ("right.md", "wrong.md", "missing.md")]
    assert stale(tmp_path, entries) == {
        tmp_path / "wrong.md": "text",
        tmp_path / "missing.md": "text",
    }


def test_two_entries_for_a_file_build_on_each_other(tmp_path: Path) -> None:
    entries = [("a", lambda text: text + "1"), ("a", lambda text: text + "2")]
    assert stale(tmp_path, entries) == {tmp_path / "a": "12"}


@pytest.mark.parametrize(("name", "generator"), GENERATED, ids=[name for name, _ in GENERATED])
def test_a_generator_agrees_with_itself(name: str, generator: Generator) -> None:
    """Generating again changes nothing: else the check would never pass."""
    path = ROOT / name
    once = generator(path.read_text() if path.exists() else "")
    assert generator(once) == once


def test_a_part_is_replaced_between_its_lines() -> None:
    text = "a\n  # <api>\nold\n  # </api>\nb\n"
    assert between(text, "api", "  new") == "a\n  # <api>\n  new\n  # </api>\nb\n"


@pytest.mark.parametrize("text", ["", "# <api>\n", "# </api>\n# <api>\n"])
def test_a_part_without_its_lines_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="<api>"):
        between(text, "api", "new")


def test_lifecycles_draw_every_table() -> None:
    from oms.domain import lifecycle

    drawn = lifecycles("")
    assert drawn.count("stateDiagram-v2") == len(lifecycle.ALL)
    assert all(f"## {name}\n" in drawn for name in lifecycle.ALL)
