"""WATCH=1 says what is wrong with saved code."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from local import watch_errors
from local.diagnosis import errors


@pytest.fixture
def functions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(watch_errors, "FUNCTIONS", tmp_path)
    monkeypatch.setattr(watch_errors, "CLOUD_PYTHON", sys.executable)
    monkeypatch.setattr(watch_errors, "dependencies", lambda _: tmp_path)
    (tmp_path / "ship").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def handler(:\n    pass", "SyntaxError"),
        ("import nowhere_to_be_found", "ModuleNotFoundError"),
        ("HANDLERS = {1: undefined}", "NameError"),
        ("def handler(event, context):\n    return 1", ""),
    ],
)
def test_code_that_does_not_import_is_shown_with_file_and_line(
    functions: Path, code: str, said: str
) -> None:
    app = functions / "ship" / "app.py"
    app.write_text(code)
    found = watch_errors.import_errors({app})
    assert said in found
    assert bool(found) is bool(said)
    assert not said or f'File "{app}", line 1' in found


def test_what_is_gone_or_no_module_is_left_to_the_deployment(functions: Path) -> None:
    template = functions / "template.yaml"
    template.write_text("Resources: [")
    assert watch_errors.import_errors({template, functions / "ship" / "gone.py"}) == ""


def test_tracebacks_of_our_log_and_of_python_are_found_whole() -> None:
    raised = "Traceback (most recent call last):\n  File app.py\nValueError: 1"
    lines = [
        '{"level": "INFO", "message": "request"}',
        '{"level": "ERROR", "message": "ValueError", "route": "GET /x", "exception": "Trace\\nend"}',
        *raised.splitlines(),
        "END RequestId: 1",
    ]
    ours, python = errors(lines)
    assert ours == ("ValueError {'route': 'GET /x'}", "Trace\nend")
    assert python == ("", raised)
