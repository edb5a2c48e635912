"""What a cold start pays for imports: each function against boto3 with the logger alone.

Every measurement is a process of its own with the interpreter of the local functions, the layer's
path and byte code in place; all take turns, so that whatever else runs here hits all alike. The
measure is instructions where the machine counts them (`perf`), else CPU time; the least of several
runs counts.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.figure import Figure
from local.build import layer_paths
from local.paths import CLOUD_PYTHON, ROOT

AT_MOST = 1.6
AT_MOST_HTTP = 2.2  # with Powertools' Event Handler and its validation
ROUNDS = 9
REFERENCE = "import boto3\nfrom aws_lambda_powertools import Logger"
LAYER, FUNCTIONS = ROOT / "layers" / "common", ROOT / "functions"
_COUNTED = re.compile(r"^(\d+)[^\n]*instructions", re.MULTILINE)
Measure = Callable[[list[str]], float]


def import_ratio() -> Iterator[Figure]:
    names = sorted(path.parent.name for path in FUNCTIONS.glob("*/app.py"))
    with tempfile.TemporaryDirectory() as folder:
        package = compiled(FUNCTIONS, Path(folder) / FUNCTIONS.name)
        layer = layer_paths(LAYER)
        programs = {name: program(f"import {name}.app", [package, *layer]) for name in names}
        programs[""] = program(REFERENCE, layer)
        least = least_of(programs, measure(), ROUNDS)
    for name in names:
        yield Figure(f"import_ratio.{name}", least[name] / least[""], "ratio", most(name))


def most(function: str) -> float:
    text = (FUNCTIONS / function / "app.py").read_text()
    return AT_MOST_HTTP if "oms.edge.api" in text else AT_MOST


def least_of(programs: dict[str, list[str]], measured: Measure, rounds: int) -> dict[str, float]:
    """The best run of each; one run before, that fills the file cache, does not count."""
    for command in programs.values():
        measured(command)
    runs = [{name: measured(command) for name, command in programs.items()} for _ in range(rounds)]
    return {name: min(run[name] for run in runs) for name in programs}


def compiled(source: Path, target: Path) -> Path:
    """A copy of the functions with their byte code, as in their package."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run([CLOUD_PYTHON, "-I", "-m", "compileall", "-q", str(target)], check=True)
    return target


def program(text: str, path: list[Path]) -> list[str]:
    """A command that runs `text` and sees the standard library and `path`, nothing else."""
    first = f"import sys; sys.path[:0] = {[str(folder) for folder in path]!r}"
    return [str(CLOUD_PYTHON), "-I", "-S", "-c", f"{first}\n{text}"]


def measure() -> Measure:
    """Instructions if this machine counts them, else CPU seconds."""
    try:
        instructions([str(CLOUD_PYTHON), "-I", "-S", "-c", "pass"])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return cpu_seconds
    return instructions


def instructions(command: list[str]) -> float:
    """In user space. Raises ValueError where they are not counted."""
    perf = ["perf", "stat", "-x", ",", "-e", "instructions:u", "--", *command]
    done = subprocess.run(perf, env=_environment(), capture_output=True, text=True, check=True)
    if not (found := _COUNTED.search(done.stderr)):
        raise ValueError(done.stderr)
    return float(found[1])


def cpu_seconds(command: list[str]) -> float:
    """User and system time of the process."""
    process = subprocess.Popen(command, env=_environment())
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime


def _environment() -> dict[str, str]:
    """As on Lambda: region and service are there, and hashes repeat, so that runs do."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "POWERTOOLS_SERVICE_NAME": "oms",
        "POWERTOOLS_METRICS_NAMESPACE": "oms",
        "POWERTOOLS_TRACE_DISABLED": "true",
    }
