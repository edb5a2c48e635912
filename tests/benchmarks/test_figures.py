"""How figures are printed, chosen and judged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks import __main__ as program
from benchmarks.figure import Figure
from benchmarks.imports import least_of


@pytest.mark.parametrize(
    ("value", "text"),
    [(35.0, "f 35 WRU"), (2.066, "f 2.07 WRU"), (0, "f 0 WRU"), (12.5, "f 12.5 WRU")],
)
def test_a_figure_is_name_value_and_unit(value: float, text: str) -> None:
    assert str(Figure("f", value, "WRU")) == text


def test_a_figure_at_its_bound_is_good_and_one_above_it_says_which_bound() -> None:
    assert Figure("f", 36, "WRU", 36).good
    over = Figure("f", 37, "WRU", 36)
    assert not over.good
    assert over.excess == "f 37 WRU is over its bound of 36 WRU"


def test_a_figure_under_its_least_says_so() -> None:
    assert Figure("f", 50, "orders", 50, 50).good
    under = Figure("f", 49, "orders", 50, 50)
    assert not under.good
    assert under.excess == "f 49 orders is under its bound of 50 orders"


def figures() -> Iterator[Figure]:
    yield Figure("import_ratio.a", 2, "ratio", 1.6)
    yield Figure("import_ratio.b", 1, "ratio", 1.6)


def test_all_figures_are_printed_before_a_bad_one_fails_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "ALONE", {"import_ratio.": figures})
    assert program.main(["--only", "import_ratio"]) == 1
    printed = capsys.readouterr()
    assert printed.out.splitlines() == ["import_ratio.a 2 ratio", "import_ratio.b 1 ratio"]
    assert printed.err == "import_ratio.a 2 ratio is over its bound of 1.6 ratio\n"
    assert program.main(["--only", "import_ratio.b"]) == 0
    assert capsys.readouterr().out == "import_ratio.b 1 ratio\n"


@pytest.mark.parametrize("only", ["import_ratio.c", "nonsense"])
def test_a_name_without_figures_is_refused(
    only: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "ALONE", {"import_ratio.": figures})
    assert program.main(["--only", only]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"no figure's name begins with '{only}'\n"


def test_of_several_runs_the_least_counts_and_the_first_does_not() -> None:
    runs = iter([0.1, 0.1, 5.0, 7.0, 4.0, 9.0])
    found = least_of({"a": ["a"], "b": ["b"]}, lambda command: next(runs), rounds=2)
    assert found == {"a": 4.0, "b": 7.0}
