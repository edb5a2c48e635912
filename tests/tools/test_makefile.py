"""The Makefile explains itself."""

from __future__ import annotations

import re

from tests.architecture.source import ROOT

TEXT = (ROOT / "Makefile").read_text()
TARGET = re.compile(r"^([a-z][a-z-]*):(?!=)(.*)$", re.MULTILINE)


def test_every_target_has_a_line_of_help() -> None:
    targets = dict(TARGET.findall(TEXT))
    declared = {
        name for line in re.findall(r"^\.PHONY:(.*)$", TEXT, re.MULTILINE) for name in line.split()
    }
    assert set(targets) == declared
    assert [name for name, rest in targets.items() if " ## " not in rest] == []
