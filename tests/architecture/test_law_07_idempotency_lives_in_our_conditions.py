"""Law 7: Powertools' idempotency serves the HTTP `Idempotency-Key` at the edge, nothing else."""

from __future__ import annotations

import pytest

from tests.architecture.source import FUNCTIONS, OMS, Source, parsed, report, sources

WINDOWED = "aws_lambda_powertools.utilities.idempotency"


def by_window(source: Source) -> list[str]:
    if source.path.is_relative_to(OMS / "edge"):
        return []
    return [
        f"{source.line(used.line)} imports {used.module}: a time window forgets. Make the write "
        "conditional on what happened (attempt, movement id, channel + external id)"
        for used in source.imports
        if used.module.startswith(WINDOWED)
    ]


def test_idempotency_lives_in_our_conditions() -> None:
    problems = [line for source in sources(OMS, FUNCTIONS) for line in by_window(source)]
    assert not problems, report("7: idempotency lives in our conditions", problems)


@pytest.mark.parametrize(
    ("name", "broken"), [("usecases/a.py", True), ("stores/a.py", True), ("edge/a.py", False)]
)
def test_a_window_is_found(name: str, broken: bool) -> None:
    code = "from aws_lambda_powertools.utilities.idempotency import idempotent"
    assert bool(by_window(parsed(code, name))) == broken
