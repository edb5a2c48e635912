"""`docs/lifecycles.md`: one diagram per transition table."""

from __future__ import annotations

from oms.domain import lifecycle

HEAD = """\
# Lifecycles

Generated from `layers/common/oms/domain/lifecycle.py` by `make generate`; edit the
tables there. A state without an arrow out of it is final."""


def file(_: str) -> str:
    diagrams = [lifecycle.diagram(name, table).rstrip() for name, table in lifecycle.ALL.items()]
    return "\n\n".join([HEAD, *diagrams]) + "\n"
