"""Tours are taken apart into commands and answers, and compared with what is printed."""

from __future__ import annotations

import pytest

from tools.tours import Stop, stops, walk

TOUR = """Words.

```sh
NAME=Ada
echo $NAME
# → Ada
```

```
echo not run
```

```sh
echo one; echo "two and more"
# → one
# → two…
echo unsaid
```
"""


def test_commands_go_with_the_answers_below_them() -> None:
    assert [*stops(TOUR)] == [
        Stop("NAME=Ada\necho $NAME", ("Ada",)),
        Stop('echo one; echo "two and more"', ("one", "two…")),
    ]


def test_one_shell_goes_through_the_whole_tour() -> None:
    assert [*walk(stops(TOUR))] == []


@pytest.mark.parametrize("printed", [[], ["on"], ["one", "three"], ["one", "two", "three"]])
def test_another_answer_is_noticed(printed: list[str]) -> None:
    assert not Stop("", ("one", "two…")).agrees(printed)
