"""Turn source folders into Lambda packages, each named by the hash of what is in it.

A worker of the local cloud unpacks its layers at every cold start, so an 80 MB layer would cost
most of a second and 80 MB of disk for each worker. The local layer therefore holds one `.pth`
file that points to folders under `.build/`, which all workers share, byte code included:

    .build/deps/<hash of requirements.txt>/   installed once, with the interpreter of the workers
    .build/code/<hash of our files>/          copied when our code changes

The same line drops MiniStack's own site-packages from the worker's path, so a function sees the
standard library, its own folder and the layer, and nothing else: as on AWS.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from local.paths import BUILD, CLOUD_PYTHON, prune

_PIP = ("pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile")
_COMPILE = ("compileall", "-q", "--invalidation-mode", "unchecked-hash")
_EPOCH = (2020, 1, 1, 0, 0, 0)
_PTH = "python/lib/python3/site-packages/layer.pth"


class BuildFailed(RuntimeError):
    """A package could not be built; the text is the tool's own output."""


@dataclass(frozen=True, slots=True)
class Package:
    """A zip file and the S3 key that it gets: equal content, equal key."""

    key: str
    body: bytes


def function_package(folder: Path) -> Package:
    """Zip a function's folder. Raises BuildFailed where the folder is missing or empty."""
    files = list(_sources(folder))
    if not files:
        raise BuildFailed(f"no files in {folder}")
    body = _zip({str(path.relative_to(folder)): path.read_bytes() for path in files})
    return Package(f"functions/{folder.name}-{_digest(body)}.zip", body)


def layer_package(folder: Path) -> Package:
    """Install the folder's requirements, copy its other content, and zip a pointer to both."""
    paths = layer_paths(folder)
    line = (
        "import sys; sys.path[:] = [p for p in sys.path if 'site-packages' not in p]"
        f" + {[str(path) for path in paths]!r}\n"
    )
    body = _zip({_PTH: line.encode()})
    return Package(f"layers/{folder.name}-{_digest(body)}.zip", body)


def layer_paths(folder: Path) -> list[Path]:
    """Where a layer's content lies, byte code included: our files first, then what they need."""
    paths = [_code(folder)]
    requirements = folder / "requirements.txt"
    if requirements.exists():
        paths.append(dependencies(requirements))
    return paths


def dependencies(requirements: Path) -> Path:
    """Where what a layer needs is installed."""
    interpreter = str(CLOUD_PYTHON.resolve()).encode()  # its folder carries the version

    def install(target: Path) -> None:
        _run(*_PIP, "--target", str(target), "--requirement", str(requirements))

    return _cached("deps", _digest(requirements.read_bytes() + interpreter), install)


def _code(folder: Path) -> Path:
    files = {path: path.read_bytes() for path in _sources(folder)}
    parts = [f"{p.relative_to(folder)}:{_digest(body)}" for p, body in files.items()]

    def copy(target: Path) -> None:
        for path, body in files.items():
            copied = target / path.relative_to(folder)
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_bytes(body)

    return _cached("code", _digest("\n".join(parts).encode()), copy)


def _cached(kind: str, name: str, fill: Callable[[Path], None]) -> Path:
    """The folder `.build/<kind>/<name>`; made aside and renamed, so that it is whole or absent."""
    target = BUILD / kind / name
    if target.exists():
        os.utime(target)  # in use: `prune` leaves it
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    prune(target.parent)
    aside = Path(tempfile.mkdtemp(prefix="new-", dir=target.parent))
    try:
        fill(aside)
        _run(*_COMPILE, "-s", str(aside), "-p", str(target), str(aside), strict=kind == "code")
        os.rename(aside, target)
    except OSError:
        if not target.exists():  # else another process was faster with the same content
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return target


def _run(*module_and_arguments: str, strict: bool = True) -> None:
    """Run a module with the interpreter that the functions get, so that wheels fit it.

    Not `strict`: dependencies carry files for other versions of Python, which do not compile.
    """
    command = [str(CLOUD_PYTHON), "-I", "-m", *module_and_arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and strict:
        raise BuildFailed(done.stdout + done.stderr)


def _sources(folder: Path) -> Iterator[Path]:
    """Files that belong into a package, in a stable order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
            yield path


def _zip(files: dict[str, bytes]) -> bytes:
    """A zip whose bytes depend on the content only: fixed dates and order, no compression."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, body)
    return buffer.getvalue()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:20]
