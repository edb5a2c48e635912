"""Write, or check, every generated file.

    python -m tools.generate            write what is stale
    python -m tools.generate --check    say what is stale and fail

To add a file, add a line to `GENERATED`: its path and a function from the file's present text
("" when it is missing) to the text that it should have. A function that generates only a part
of a file keeps the rest of the present text (see `tools/sources.py`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tools import api_description, consequences, sources, template_parts

ROOT = Path(__file__).resolve().parent.parent
Generator = Callable[[str], str]

GENERATED: list[tuple[str, Generator]] = [
    ("docs/lifecycles.md", sources.lifecycles),
    ("docs/follows.md", consequences.follows),
    ("docs/events.md", consequences.events),
    ("docs/openapi.json", api_description.file),
    ("layers/common/oms/contracts/openapi.json", api_description.served),
    ("template.yaml", template_parts.template),
]


def stale(
    root: Path = ROOT, generated: Sequence[tuple[str, Generator]] = GENERATED
) -> dict[Path, str]:
    """The files that are not as they should be, with the text that they should have."""
    wanted: dict[Path, str] = {}
    for name, generator in generated:
        path = root / name
        # A later entry for the same file builds on what an earlier one made of it.
        present = wanted.get(path) or (path.read_text() if path.exists() else "")
        text = generator(present)
        if text != present:
            wanted[path] = text
    return wanted


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when stale")
    check = parser.parse_args(arguments).check
    files = stale()
    for path, text in files.items():
        print(f"{'stale' if check else 'wrote'}: {path.relative_to(ROOT)}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    if check and files:
        print("These files are generated and do not match their source: run 'make generate'.")
    return 1 if check and files else 0


if __name__ == "__main__":
    sys.exit(main())
