"""Law 14: one language. A class has a name of its own, and every public word is a known one.

A word is known when docs/glossary.md uses it, or when it is plain English that names may use
(common_english.txt). A new term goes into the glossary with its meaning; a plain word into the list.
"""

from __future__ import annotations

import pytest

from tests.architecture.source import report
from tests.architecture.words import (
    class_names,
    common_words,
    glossary_words,
    identifiers,
    known_words,
    public_names,
    words_of,
)

# Words that say nothing where they are read. NotFound is the name of a problem.
VAGUE = frozenset(
    "told there beside allot anew thing things stuff somehow whatever misc util utils helper".split()
)


def unknown_words(names: dict[str, str], known: set[str]) -> list[str]:
    return [
        f"{where}: {name} has the word {word!r}: explain it in docs/glossary.md, or use another"
        for name, where in names.items()
        for word in sorted(words_of(name) - known)
    ]


def vague(names: list[tuple[str, str]]) -> list[str]:
    return [f"{where}: {name}" for name, where in names if words_of(name) & VAGUE]


def test_a_class_has_a_name_of_its_own() -> None:
    first: dict[str, str] = {}
    twice = [
        f"{name}: {first[name]} and {where}"
        for name, where in class_names()
        if first.setdefault(name, where) != where and not name.startswith("_")
    ]
    assert not twice, report("14: one language", twice)


def test_every_public_word_is_known() -> None:
    problems = unknown_words(public_names(), known_words())
    assert not problems, report("14: one language", problems)


def test_no_name_is_vague() -> None:
    problems = vague(list(identifiers()))
    assert not problems, report("14: one language", problems)


def test_the_list_of_common_words_holds_what_is_used() -> None:
    """So that it does not grow into a dictionary that allows everything."""
    used = {word for name in public_names() for word in words_of(name)}
    needless = sorted(common_words() - used) + sorted(common_words() & glossary_words())
    assert not needless, f"take these out of common_english.txt: {needless}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("FulfilmentOrder", {"fulfilment", "order"}),
        ("post_shipped-notice", {"post", "shipped", "notice"}),
        ("HTTPError2", {"http", "error"}),
    ],
)
def test_words_are_found(name: str, words: set[str]) -> None:
    assert words_of(name) == words


def test_an_unknown_word_is_found() -> None:
    assert unknown_words({"move_gizmo": "here"}, {"move"})
    assert vague([("told_at", "here"), ("retold", "here")]) == ["here: told_at"]
