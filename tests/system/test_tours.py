"""What the README and the tours say can be pasted, and is answered as they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.actors.world import World
from local.demo.report import environment
from tools.tours import Stop, stops, walk

pytestmark = pytest.mark.system

ROOT = Path(__file__).parents[2]
TOURS = [ROOT / "README.md", *sorted((ROOT / "docs" / "tours").glob("*.md"))]
OF_ALL = "make audit"  # speaks of what other tests broke on purpose, too


@pytest.mark.parametrize("document", TOURS, ids=lambda path: path.stem)
def test_every_answer_is_as_it_says(world: World, document: Path, tmp_path: Path) -> None:
    settings = tmp_path / "demo.env"
    settings.write_text(environment(world))
    wrong = [*walk(map(without_audit, stops(document.read_text(), str(settings))))]
    assert not wrong, wrong


def without_audit(stop: Stop) -> Stop:
    if OF_ALL not in stop.commands:
        return stop
    kept = [line for line in stop.commands.splitlines() if OF_ALL not in line]
    return Stop("\n".join(kept), ())
