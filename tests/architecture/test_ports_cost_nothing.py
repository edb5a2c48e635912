"""Ports name types only. A use case needs a few of them, and a cold start imports them all."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.source import OMS

LOADED = (
    "import sys, oms.ports; print(*(name for name in sys.modules if name[:10] == 'oms.domain'))"
)
# A default argument of some methods.
NEEDED = {"oms.domain", "oms.domain.model", "oms.domain.model.stock_location"}


def test_ports_load_no_module_of_the_domain_for_its_types() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=OMS.parent, capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) == NEEDED, "import what is a type only under TYPE_CHECKING"
