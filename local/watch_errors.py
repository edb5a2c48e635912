"""What is wrong with saved code: it does not import, or it raises when it is called."""

from __future__ import annotations

import subprocess
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from local.build import dependencies
from local.diagnosis import errors, functions, printed
from local.paths import CLOUD_PYTHON, ROOT
from local.stack import Stack

LAYER, FUNCTIONS = ROOT / "layers" / "common", ROOT / "functions"
EVERY_S = 2.0
ENVIRONMENT = {"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-1"}


def import_errors(files: Iterable[Path]) -> str:
    """The traceback of the first saved module that does not import; "" when all do."""
    modules = [path for path in sorted(files) if path.suffix == ".py" and path.exists()]
    tried = (_import_error(path) for path in modules)
    return next((error for error in tried if error), "")


def _import_error(path: Path) -> str:
    """In a process of its own, with what the function would see; our files are the saved ones."""
    home = LAYER if path.is_relative_to(LAYER) else FUNCTIONS / path.relative_to(FUNCTIONS).parts[0]
    module = ".".join(path.relative_to(home).with_suffix("").parts).removesuffix(".__init__")
    seen = [str(each) for each in (home, LAYER, dependencies(LAYER / "requirements.txt"))]
    text = f"import sys; sys.path[:0] = {seen!r}\nimport {module}"
    command = [str(CLOUD_PYTHON), "-I", "-B", "-S", "-c", text]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else ""


@dataclass
class NewErrors:
    """Errors that functions log from now on, each with its traceback, shown once."""

    stack: Stack
    shown: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    looked: float = 0.0

    def __post_init__(self) -> None:
        self.shown = self._all()

    def show(self) -> None:
        if time.monotonic() - self.looked < EVERY_S:
            return
        found = self._all()
        for function, about, traceback in found - self.shown:
            print(f"{function}: {about}\n{traceback}".rstrip(), flush=True)
        self.shown = found
        self.looked = time.monotonic()

    def _all(self) -> Counter[tuple[str, str, str]]:
        return Counter(
            (function, *error)
            for function in functions(self.stack)
            for error in errors(printed(self.stack, function))
        )
