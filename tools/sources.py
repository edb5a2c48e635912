"""What the generated files say: one function per file or part of a file."""

from __future__ import annotations

from oms.domain import lifecycle


def lifecycles(_: str) -> str:
    """`docs/lifecycles.md`: one diagram per transition table."""
    head = (
        "# Lifecycles\n\n"
        "Generated from `layers/common/oms/domain/lifecycle.py` by `make generate`; edit the\n"
        "tables there. A state without an arrow out of it is final.\n"
    )
    diagrams = [lifecycle.diagram(name, table).rstrip() for name, table in lifecycle.ALL.items()]
    return "\n\n".join([head.rstrip(), *diagrams]) + "\n"


def between(text: str, name: str, body: str) -> str:
    """`text` with the lines between its `# <name>` and `# </name>` lines replaced by `body`.

    Raises ValueError when the two lines are not there, each once and in this order.
    """
    lines = text.splitlines(keepends=True)
    marks = [i for i, line in enumerate(lines) if line.strip() in (f"# <{name}>", f"# </{name}>")]
    if len(marks) != 2 or lines[marks[0]].strip() != f"# <{name}>":
        raise ValueError(f"the lines '# <{name}>' and '# </{name}>' are missing or out of order")
    opening, closing = marks
    ended = body if body.endswith("\n") or not body else body + "\n"
    return "".join([*lines[: opening + 1], ended, *lines[closing:]])
