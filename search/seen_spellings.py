"""Seen spellings: which words of a text have one of some forms.

In:  a text and its language; forms, exact or stems; what else tells that a form is one of them.
Out: what stands between the blanks of the text and has such a word.

The titles of a page are looked through for what a question asks, and mostly have none of it. What
was found out of a spelling is therefore kept by form: a look takes a few operations on sets,
however many words there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from threading import Lock

from search.analysis import analyze, spellings
from search.linguistics.stems import base_language

_MOST_SEEN = 1 << 15  # of a language: some ten megabytes


def spellings_with(
    text: str, language: str, forms: frozenset[str], fits: Callable[[str], bool] | None = None
) -> list[str]:
    """Return the spellings in a text that have a word in one of the forms, or in one that fits."""
    different, language = set(spellings(text)), base_language(language)
    found = _seen(language).having(different, forms)
    if fits:
        found += [each for each in different if any(map(fits, _forms_in(each, language)))]
    return found


class _SeenSpellings:
    """Which spellings of one language have a word in which form, of those that came up."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._table: tuple[set[str], dict[str, tuple[str, ...]]] = set(), {}
        self._lock = Lock()

    def having(self, different: set[str], forms: Iterable[str]) -> list[str]:
        """Return those of different spellings that have one of some forms."""
        seen, by_form = self._table
        if not different <= seen:
            with self._lock:
                by_form = self._with(different)
        return [each for form in forms for each in by_form.get(form, ()) if each in different]

    def _with(self, different: set[str]) -> dict[str, tuple[str, ...]]:
        """Return the spellings by form, with those that are new."""
        seen, by_form = self._table
        new = different - seen
        if len(seen) + len(new) > _MOST_SEEN:
            seen, by_form = self._table = set(), {}
            new = different
        for spelling in new:
            for form in _forms_in(spelling, self._language):
                by_form[form] = (*by_form.get(form, ()), spelling)
        seen |= new  # only now: another thread that sees them there finds them by form
        return by_form


@lru_cache(maxsize=32)
def _seen(language: str) -> _SeenSpellings:
    return _SeenSpellings(language)


@lru_cache(maxsize=1 << 13)
def _forms_in(spelling: str, language: str) -> tuple[str, ...]:
    """Return the exact forms and the stems of the words between two blanks."""
    tokens = analyze(spelling, language)
    return tuple({form for token in tokens for form in (token.exact, token.stem)})
