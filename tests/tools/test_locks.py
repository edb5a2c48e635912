"""The locks say the same, and only what a registry of anybody's can serve."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEV = ROOT / "requirements" / "dev.txt"
CLOUD = ROOT / "requirements" / "cloud.txt"
LAYER = ROOT / "layers" / "common" / "requirements.txt"
PIN = re.compile(r"^([a-z0-9-]+)==([^ ]+)( ;[^\\]+)? \\$", re.M)
NAME = re.compile(r"^([A-Za-z][A-Za-z0-9_-]*)", re.M)


def pins(lock: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version, _ in PIN.findall(lock.read_text()):
        found.setdefault(name, set()).add(version)
    return found


@pytest.mark.parametrize("lock", [DEV, CLOUD, LAYER], ids=lambda path: path.name)
def test_a_lock_holds_all_that_was_asked_for(lock: Path) -> None:
    asked = {name.lower() for name in NAME.findall(lock.with_suffix(".in").read_text())}
    assert asked <= set(pins(lock)), "run 'make lock'"


@pytest.mark.parametrize("lock", [DEV, CLOUD, LAYER], ids=lambda path: path.name)
def test_a_lock_names_no_registry_and_pins_every_hash(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert "index" not in text.lower()
    entries = re.split(r"(?m)^(?=[a-z0-9-]+==)", text)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_layer_is_tested_in_the_versions_that_are_deployed() -> None:
    tested, deployed = pins(DEV), pins(LAYER)
    assert {name: tested[name] for name in deployed} == deployed, "run 'make lock'"
