"""Check a tour: run its commands against the system of `make run`, compare the answers.

    python -m tools.tours README.md docs/tours/*.md

The commands are those of the `sh` blocks; a line "# → …" says what the commands above it print.
One that ends with an ellipsis says how the line begins. What follows a write by itself takes a
moment, and each command may be repeated, so commands are repeated until the answer is right.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANSWER, MORE, END = "# → ", "…", "<<end of the answer>>"
SETTINGS = ".build/demo.env"
WITHIN_S, PAUSE_S = 30, 1


@dataclass(frozen=True, slots=True)
class Stop:
    """Commands, and the lines that they are to print."""

    commands: str
    answer: tuple[str, ...]

    def agrees(self, printed: list[str]) -> bool:
        return len(printed) == len(self.answer) and all(
            line.startswith(said.removesuffix(MORE)) if said.endswith(MORE) else line == said
            for said, line in zip(self.answer, printed, strict=True)
        )


def stops(text: str, settings: str = SETTINGS) -> Iterator[Stop]:
    """Of a document; commands without an answer go with the next ones. `settings`: the file of
    address and tokens, where it is another.
    """
    text = text.replace(SETTINGS, settings)
    commands, answer = list[str](), list[str]()
    for line in "".join(BLOCK.findall(text)).splitlines():
        if line.startswith(ANSWER):
            answer.append(line.removeprefix(ANSWER))
            continue
        if answer:
            yield Stop("\n".join(commands), tuple(answer))
            commands, answer = [], []
        commands.append(line)
    if answer:
        yield Stop("\n".join(commands), tuple(answer))


def walk(tour: Iterable[Stop]) -> Iterator[tuple[Stop, list[str]]]:
    """The stops with another answer, and what was printed there."""
    with subprocess.Popen(
        ["bash"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as shell:
        for stop in tour:
            printed, until = _run(shell, stop), time.monotonic() + WITHIN_S
            while not stop.agrees(printed) and time.monotonic() < until:
                time.sleep(PAUSE_S)
                printed = _run(shell, stop)
            if not stop.agrees(printed):
                yield stop, printed
        assert shell.stdin is not None
        shell.stdin.close()


def _run(shell: subprocess.Popen[str], stop: Stop) -> list[str]:
    assert shell.stdin is not None
    assert shell.stdout is not None
    shell.stdin.write(f"{stop.commands}\necho '{END}'\n")
    shell.stdin.flush()
    printed = []
    for line in shell.stdout:
        if line.rstrip("\n").endswith(END):
            printed.append(line.rstrip("\n").removesuffix(END))
            break
        printed.append(line.rstrip("\n"))
    return [line for line in printed if line]


def main(paths: list[str]) -> int:
    if not Path(SETTINGS).exists():
        print(f"{SETTINGS} is not there: start `make run` in another terminal")
        return 1
    wrong = 0
    for path in paths:
        for stop, printed in walk(stops(Path(path).read_text())):
            wrong += 1
            print(f"{path}: {stop.commands}\n  says    {stop.answer}\n  prints  {printed}\n")
    print(f"{wrong} answers are others" if wrong else "Every answer is as it says.")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
