"""Word lists: our small tables of words by language, kept as text beside this module.

In:  `stop_words.txt`, `request_words.txt`, `negations.txt`, `abbreviations.txt`: words between
     blanks; `[en]` begins a language; a line that begins with # is a remark.
Out: sets of words. Stop words are the function and question words of all our languages together,
     for a question's language is not known; the lists are about as long as NLTK's, which measured
     best of four lengths (docs/adr/0003-ranking.md).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from search.linguistics.forms import exact_form


def is_stop_word(form: str) -> bool:
    """Tell whether an exact form is left out of bare questions."""
    return form in _stop_words()


def is_request_word(form: str) -> bool:
    """Tell whether an exact form is one of those that requests are wrapped in."""
    return form in _request_words()


@cache
def negations() -> frozenset[str]:
    """Return the exact forms that turn what is said behind them into its opposite."""
    return _forms_in("negations.txt")


@cache
def known_abbreviations() -> dict[str, frozenset[str]]:
    """Return each language's abbreviations, without their last full stop."""
    return _read_lists("abbreviations.txt")


@cache
def _stop_words() -> frozenset[str]:
    return _forms_in("stop_words.txt")


@cache
def _request_words() -> frozenset[str]:
    return _forms_in("request_words.txt")


def _forms_in(name: str) -> frozenset[str]:
    return frozenset(map(exact_form, frozenset().union(*_read_lists(name).values())))


def _read_lists(name: str) -> dict[str, frozenset[str]]:
    text = (files("search.linguistics") / name).read_text(encoding="utf-8")
    lists: dict[str, set[str]] = {}
    language = ""
    for line in text.splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif not line.startswith("#"):
            lists.setdefault(language, set()).update(line.split())
    return {language: frozenset(words) for language, words in lists.items()}
