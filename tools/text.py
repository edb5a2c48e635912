"""Generated parts of a file that people write."""

from __future__ import annotations

from textwrap import indent


def has_part(text: str, name: str) -> bool:
    return any(line.strip() == f"# <{name}>" for line in text.splitlines())


def between(text: str, name: str, body: str) -> str:
    """`text` with what is between its lines `# <name>` and `# </name>` replaced by `body`.

    The body is indented as the first of the two lines. Raises ValueError when they are not
    there, each once and in this order.
    """
    lines = text.splitlines(keepends=True)
    marks = [i for i, line in enumerate(lines) if line.strip() in (f"# <{name}>", f"# </{name}>")]
    if len(marks) != 2 or lines[marks[0]].strip() != f"# <{name}>":
        raise ValueError(f"the lines '# <{name}>' and '# </{name}>' are missing or out of order")
    opening, closing = marks
    margin = lines[opening][: lines[opening].index("#")]
    return "".join(
        [*lines[: opening + 1], indent(body.rstrip("\n") + "\n", margin), *lines[closing:]]
    )
