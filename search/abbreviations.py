"""Abbreviations: short and long forms of the words of a question, as the publications have them.

In:  the abbreviations that publications introduce (`search.introductions`).
Out: for an abbreviation its long forms, for words in a row the abbreviations that they are the
     long form of. Singular and plural, British and American endings are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from search.analysis import UNSTEMMED, analyze
from search.linguistics.short_forms import ShortForm
from search.linguistics.stems import stem
from search.linguistics.word_lists import is_stop_word

MOST_LONG_FORMS = 3


class Abbreviations:
    """What a library's publications introduce."""

    def __init__(self, introduced: Iterable[ShortForm]) -> None:
        times = Counter(introduced)
        self._long_forms: dict[str, dict[tuple[str, ...], str]] = {}
        self._short_forms: dict[tuple[str, ...], dict[str, str]] = {}
        for found in sorted(times, key=lambda found: (-times[found], found)):
            key = words_key(found.long)
            self._long_forms.setdefault(found.short.casefold(), {}).setdefault(key, found.long)
            self._short_forms.setdefault(key, {}).setdefault(found.short.casefold(), found.short)
        self.most_words = max(map(len, self._short_forms), default=0)

    def long_forms(self, form: str) -> tuple[str, ...]:
        """Return what an exact form is short for, what most publications say first."""
        found = self._long_forms.get(form) or self._long_forms.get(form.removesuffix("s"), {})
        return tuple(found.values())[:MOST_LONG_FORMS]

    def short_forms(self, key: Sequence[str]) -> tuple[str, ...]:
        """Return the abbreviations of words, given by their key."""
        return tuple(self._short_forms.get(tuple(key), {}).values())


def words_key(text: str) -> tuple[str, ...]:
    """Return what is the same for all forms of words in a row; small words do not count."""
    key: list[str] = []
    position = -1
    for token in analyze(text, UNSTEMMED):
        if token.position > position and not is_stop_word(token.exact):
            key.append(stem(token.exact, ""))
        position = token.position  # of a compound's parts and whole, the part comes first
    return tuple(key)
