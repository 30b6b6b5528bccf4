"""Known spellings: the other spellings of a word that the library holds.

In:  an exact form; the words of the library, in one state of its index.
Out: other exact forms, most frequent first, one for each family of forms. What was found is
     remembered as long as the state of the index lasts.
"""

from __future__ import annotations

from collections.abc import Callable

from search.analysis import word_family
from search.engine import Vocabulary
from search.linguistics.folding import exchanged_keys, index_keys, near_keys
from search.linguistics.spellings import (
    are_nearly_spellings,
    are_spellings,
    is_everyday,
    most_exchanged,
)
from search.linguistics.word_lists import is_stop_word
from search.remembered import Remembered

MOST = 8  # of one word

_REMEMBERED = 20_000  # words
_NOTES = "other spellings"


def other_spellings(form: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the other spellings of an exact form."""
    remembered: Remembered[str, tuple[str, ...]] | None = vocabulary.notes.get(_NOTES)
    if remembered is None:
        remembered = vocabulary.notes[_NOTES] = Remembered(_REMEMBERED)
    found = remembered.get(form)
    if found is None:
        found = () if is_stop_word(form) else _look_up(form, vocabulary)
        remembered.put(form, found, 1)
    return found


def frequency(form: str, vocabulary: Vocabulary) -> int:
    """Return about how many documents have a word in any of its forms and spellings."""
    spellings = (form, *other_spellings(form, vocabulary))
    return sum(vocabulary.family(each) for each in spellings)


def _look_up(form: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    keys = index_keys(form)
    if form.isascii() and not is_everyday(form):
        keys |= exchanged_keys(form, most_exchanged(len(form)))
    found = _fitting(form, keys, vocabulary, are_spellings)
    if not found and not vocabulary.family(form):
        found = _fitting(form, near_keys(form), vocabulary, are_nearly_spellings)
    families = set(word_family(form))
    kept: list[str] = []
    for other in found:
        family = word_family(other)
        if families.isdisjoint(family):  # a word stands for its forms, too
            kept.append(other)
        families |= family
    return tuple(kept[:MOST])


def _fitting(
    form: str,
    keys: frozenset[str],
    vocabulary: Vocabulary,
    fits: Callable[[str, str], bool],
) -> list[str]:
    found = [other for other in vocabulary.folded(keys) if fits(form, other)]
    return sorted(found, key=lambda other: (-vocabulary.documents(other), other))
