"""Suggestions: another question, where the one asked has words that the library hardly knows.

In:  the question as typed and as read; the words of the library; what a question would find.
Out: `Suggestion`s that find more, best first. Nothing is ever searched for in their place.

A word is doubtful where at most `FEW` documents have it in any form or spelling. In its place comes
the word of the library that is most like it: fewest letters apart, as they are or as they fold,
then most frequent. Numbers are never doubtful. Where every word is doubtful, the question may have
been typed in another keyboard layout.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from rapidfuzz.distance import OSA

from search.analysis import analyze, word_family
from search.engine import Vocabulary
from search.known_spellings import frequency
from search.linguistics.folding import fold, near_keys
from search.linguistics.layouts import other_layouts
from search.linguistics.spellings import is_everyday
from search.linguistics.word_lists import is_stop_word
from search.query import Field, Group, Node, Occur, Phrase, Query, Within, Word
from search.results import Suggestion
from search.widening import cased_as

FEW = 2
MOST_SUGGESTIONS = 3
MOST_WORDS = 4  # that are looked at

_TIMES_MORE = 2  # as frequent must be what stands in for a word that there is
_LEAST_LETTERS = 4
_LONG = 8  # letters from which on two of them may differ
_OTHER_BEGINNING = 0.5  # of a letter: people seldom mistake the first one


class _Doubt(NamedTuple):
    """A doubtful word: as typed, and what may have been meant, best first."""

    typed: str
    meant: tuple[str, ...]


def find_suggestions(
    query: Query, found: int, vocabulary: Vocabulary, count: Callable[[str], int]
) -> tuple[Suggestion, ...]:
    """Return what may have been meant; `found` is what the question as typed finds."""
    words = dict.fromkeys(_words(query.root))
    forms = [form for form in list(words)[:MOST_WORDS] if _is_doubtful(form, vocabulary)]
    if not forms:
        return ()
    offered: list[Suggestion] = []
    if len(forms) == len(words):
        offered += _in_other_layouts(query.text, vocabulary, count)
    if not offered:
        doubts = [_Doubt(form, _meant(form, vocabulary)) for form in forms]
        texts = dict.fromkeys(_corrected(query.text, [doubt for doubt in doubts if doubt.meant]))
        offered += [Suggestion(text, "spelling", count(text)) for text in texts]
    better = [each for each in offered if each.count > found]
    return tuple(better[:MOST_SUGGESTIONS])


def _words(node: Node) -> Iterator[str]:
    """Yield the exact forms of the words that a question wants to find."""
    match node:
        case Group():
            for clause in node.clauses:
                if clause.occur is not Occur.NOT:
                    yield from _words(clause.node)
        case Field() | Within():
            yield from _words(node.clause)
        case Word() | Phrase():
            forms = (token.exact for token in analyze(node.text))
            yield from (form for form in forms if not is_stop_word(form))


def _is_doubtful(form: str, vocabulary: Vocabulary) -> bool:
    if not form.isalpha():
        return False
    known = frequency(form, vocabulary)
    return known == 0 or (known <= FEW and not is_everyday(form))


def _meant(form: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the words of the library most like a form."""
    if len(form) < _LEAST_LETTERS:
        return ()
    most = 1 + (len(form) >= _LONG)
    least = frequency(form, vocabulary)
    sounding = vocabulary.folded(near_keys(form))
    family = word_family(form)
    likes = sorted(
        (apart, -documents, other)
        for other in vocabulary.near(form, most) | sounding | _swapped(form)
        if other.isalpha()
        and word_family(other).isdisjoint(family)
        and (apart := _apart(form, other)) <= most
        and (documents := frequency(other, vocabulary))
        > (least if other in sounding else _TIMES_MORE * least)
    )
    return tuple(other for _, _, other in likes[:MOST_SUGGESTIONS])


def _apart(form: str, other: str) -> float:
    """Return how many letters two forms are apart: as they are, or as they fold."""
    plain: float = OSA.distance(form, other)
    folded, other_folded = fold(form), fold(other)
    if folded and other_folded:
        plain = min(plain, OSA.distance(folded, other_folded))
        form, other = folded, other_folded
    return plain + _OTHER_BEGINNING * (form[0] != other[0])


def _swapped(form: str) -> frozenset[str]:
    """Return a form with each two neighbours in each other's place."""
    places = range(len(form) - 1)
    return frozenset(form[:n] + form[n + 1] + form[n] + form[n + 2 :] for n in places)


def _corrected(text: str, doubts: list[_Doubt]) -> Iterator[str]:
    """Yield the question with the likeliest word for each doubtful one, then with others."""
    for place in range(MOST_SUGGESTIONS):
        corrected = text
        for doubt in doubts:
            meant = doubt.meant[min(place, len(doubt.meant) - 1)]
            corrected = _replaced(corrected, doubt.typed, meant)
        if corrected != text:
            yield corrected


def _replaced(text: str, typed: str, meant: str) -> str:
    pattern = rf"(?<!\w){re.escape(typed)}(?!\w)"
    return re.sub(pattern, lambda found: cased_as(found[0], meant), text, flags=re.IGNORECASE)


def _in_other_layouts(
    text: str, vocabulary: Vocabulary, count: Callable[[str], int]
) -> Iterator[Suggestion]:
    for other in other_layouts(text):
        forms = [token.exact for token in analyze(other)]
        if forms and all(vocabulary.family(form) for form in forms):
            yield Suggestion(other, "layout", count(other))
