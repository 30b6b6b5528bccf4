"""Topic terms: which words and pairs of words stand in which case more often than chance has it.

In:  the cases of one committed state; the running text of its sections.
Out: how often each term stands in each case, and by how much that is more than elsewhere: the
     log-likelihood ratio of the case against the library. Only what is far from chance.

A word is its family, by the stem; a word of a title counts as in a search. Two words are a term
where they stand side by side more often than chance has it. Stop words, numbers and words of one
or two letters are none.
Source: Dunning (1993); the threshold is that of p = 0.001.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.analysis import SPELT
from search.linguistics.stems import bare_stem
from search.linguistics.word_lists import is_stop_word
from search.snapshot.collocations import Table, likelihood_ratio
from search.snapshot.running_text import RunningText
from search.snapshot.segment import Words
from search.snapshot.view import LivingScope

LEAST_TIMES = 3  # that a term stands in a case
LEAST_CASES = 2  # that have a term: a topic of one case alone groups nothing
LEAST_SCORE = 10.83

_LEAST_LETTERS = 3
# In pairs the short ones of the most frequent words say nothing: where a language has no list of
# stop words, these are they (und, der, les).
_USUAL, _SHORT = 100, 4
_LEAST_PAIRS = LEAST_TIMES * LEAST_CASES

Numbers = NDArray[Any]


class Terms(NamedTuple):
    """Item i says that `names[term[i]]` stands `times[i]` times in a case, with a score."""

    names: Sequence[str]
    term: Numbers
    case: Numbers
    times: Numbers
    score: Numbers


def word_terms(parts: Sequence[LivingScope]) -> Terms:
    """Return the words that tell what cases are about; cases are numbered over all parts."""
    tables = [_table(part) for part in parts]
    sizes = np.concatenate([np.empty(0), *(table.sizes for table in tables)])
    roots = sorted(set().union(*(_candidates(table) for table in tables)))
    numbers = {root: number for number, root in enumerate(roots)}
    totals = np.zeros(len(roots))
    rows: list[tuple[Numbers, Numbers, Numbers]] = []
    first = 0
    for table in tables:
        own = _numbers_of(table.words, numbers)
        known = own >= 0
        np.add.at(totals, own[known], table.totals[known])
        good = (table.times >= LEAST_TIMES) & known[table.word]
        rows.append((own[table.word[good]], table.case[good] + first, table.times[good]))
        first += table.sizes.size
    term, case, times = _joined(rows)
    found = _far_from_chance(roots, (term, case, times), sizes, totals)
    return _named(found, [table.words for table in tables], parts)


class _CaseWords(NamedTuple):
    """A segment's stems: item i says that `word[i]` stands `times[i]` times in a case."""

    words: Words
    word: Numbers
    case: Numbers
    times: Numbers
    totals: Numbers  # of each word
    sizes: Numbers  # of each case: the sum of its words


def _table(part: LivingScope) -> _CaseWords:
    words = part.scope.views["stem"]
    counts = words.document_counts(0, words.count)
    word = np.repeat(np.arange(words.count, dtype=np.int32), counts)
    case, times = words.documents(0, words.count), words.times(0, words.count)
    first, end = words.beginning(SPELT.encode())
    if first < end:  # each stands beside the word without marks
        kept = (word < first) | (word >= end)
        word, case, times = word[kept], case[kept], times[kept]
    if part.lives is not None:
        living = part.lives[case]
        word, case, times = word[living], case[living], times[living]
    sizes = np.bincount(case, times, part.scope.count)
    return _CaseWords(words, word, case, times, np.bincount(word, times, words.count), sizes)


def _candidates(table: _CaseWords) -> Iterator[str]:
    often = np.zeros(table.words.count, np.bool_)
    often[table.word[table.times >= LEAST_TIMES]] = True
    for number in np.flatnonzero(often).tolist():
        text = table.words.text(number).decode()
        if is_telling(text):
            yield text


def is_telling(word: str) -> bool:
    """Tell whether a word says something by itself."""
    if is_stop_word(word) or not any(map(str.isalpha, word)):
        return False
    return len(word) >= _LEAST_LETTERS or word.upper() == word


def _numbers_of(words: Words, numbers: dict[str, int]) -> Numbers:
    found = np.full(words.count, -1, np.int64)
    for text, number in numbers.items():
        own = words.find(text.encode())
        if own >= 0:
            found[own] = number
    return found


def _joined(rows: Sequence[tuple[Numbers, Numbers, Numbers]]) -> tuple[Numbers, Numbers, Numbers]:
    nothing = np.empty(0, np.int64)
    term, case, times = (np.concatenate([nothing, *column]) for column in zip(*rows, strict=True))
    return term, case, times


def _far_from_chance(
    names: Sequence[str],
    found: tuple[Numbers, Numbers, Numbers],
    sizes: Numbers,
    totals: Numbers,
) -> Terms:
    """Keep what stands in a case far more often than in the library, and in several cases so."""
    term, case, times = found
    table = Table(times, sizes[case], totals[term], int(sizes.sum()))
    scores = likelihood_ratio(table)
    good = (scores >= LEAST_SCORE) & (times * float(table.all) > table.first * table.second)
    good &= np.bincount(term[good], minlength=len(names))[term] >= LEAST_CASES
    return Terms(names, term[good], case[good], times[good], np.round(scores[good], 6))


def _named(found: Terms, views: Sequence[Words], parts: Sequence[LivingScope]) -> Terms:
    """Call each family by the form in which the library has it most often."""
    names = list(found.names)
    for number in np.unique(found.term).tolist():
        names[number] = _usual_form(names[number], views, parts)
    telling = np.array([is_telling(name) for name in names], np.bool_)[found.term]
    return Terms(names, *(column[telling] for column in found[1:]))


def _usual_form(root: str, views: Sequence[Words], parts: Sequence[LivingScope]) -> str:
    counts: Counter[str] = Counter()
    for words, part in zip(views, parts, strict=True):
        number, exact = words.find(root.encode()), part.scope.views["exact"]
        if number < 0 or exact.forward is None:
            continue
        there, times = np.unique(exact.forward[words.places(number)], return_counts=True)
        for word, count in zip(there.tolist(), times.tolist(), strict=True):
            counts[exact.text(word).decode()] += count
    bare = bare_stem(root)
    # Where a hyphenated word is written as one, its first part, which is shorter, stands at its
    # place; a stem may have a letter more than the word.
    forms = [form for form in counts if len(form) + 1 >= len(bare)]
    return min(forms, key=lambda form: (-counts[form], form), default=bare)


def pair_terms(text: RunningText) -> Terms:
    """Return the pairs of words that tell what cases are about."""
    frequency = text.frequencies(None)
    telling = _telling_ranks(text, frequency)
    keys, parts, addresses = _pairs(text, telling)
    found, counts = np.unique(keys, return_counts=True)
    often = counts >= _LEAST_PAIRS
    found, counts = found[often], counts[often]
    first, second = np.divmod(found, max(text.word_count, 1))
    table = Table(counts, frequency[first], frequency[second], int(frequency.sum()))
    together = likelihood_ratio(table) >= LEAST_SCORE
    together &= counts * float(table.all) > table.first * table.second.astype(np.float64)
    found, counts = found[together], counts[together]
    places = found.searchsorted(keys)
    mine = (places < found.size).nonzero()[0]
    mine = mine[found[places[mine]] == keys[mine]]
    cases = text.cases_at(parts[mine], addresses[mine])
    sizes = _case_sizes(text)
    both, times = np.unique(places[mine] * sizes.size + cases, return_counts=True)
    both, times = both[times >= LEAST_TIMES], times[times >= LEAST_TIMES]
    term, case = np.divmod(both, max(sizes.size, 1))
    names = [
        f"{text.word(a)} {text.word(b)}"
        for a, b in zip(first[together].tolist(), second[together].tolist(), strict=True)
    ]
    return _far_from_chance(names, (term, case, times), sizes, counts.astype(np.float64))


def _telling_ranks(text: RunningText, frequency: Numbers) -> Numbers:
    telling = np.zeros(text.word_count + 1, np.bool_)  # the last is what stands between fields
    usual = set(np.argsort(-frequency, kind="stable")[:_USUAL].tolist())
    for rank in (frequency >= _LEAST_PAIRS).nonzero()[0].tolist():
        word = text.word(rank)
        telling[rank] = is_telling(word) and not (rank in usual and len(word) <= _SHORT)
    return telling


def _pairs(text: RunningText, telling: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return all pairs of telling words side by side, as one number each, and where they stand."""
    rows: list[tuple[Numbers, Numbers, Numbers]] = []
    for number, part in enumerate(text.parts):
        for addresses in part.stretches(part.counted):
            first, second = text.ranked(number, addresses), text.ranked(number, addresses + 1)
            good = (telling[first] & telling[second]).nonzero()[0]
            keys = first[good].astype(np.int64) * (telling.size - 1) + second[good]
            rows.append((keys, np.full(good.size, number), addresses[good]))
    return _joined(rows)


def _case_sizes(text: RunningText) -> Numbers:
    """Return the words of each case."""
    sizes = [
        np.bincount(part.case_of, part.document_words, part.case_starts.size - 1)
        for part in text.parts
    ]
    return np.concatenate([np.empty(0), *sizes])
