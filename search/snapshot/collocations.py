"""Collocations: words that stand together more often than chance has it.

In:  occurrences and how many words around them are looked at; or the documents whose pairs of
     neighbouring words are counted.
Out: words with their counts and scores, the strongest first; equals by their words.
Source: the measures are NLTK's (`nltk.metrics.association`): the likelihood ratio of Dunning
     (1993) and pointwise mutual information. What is counted around a word is surface
     cooccurrence as in Evert (2005): each word near an occurrence once, however many it is near to.

Stop words, numbers and words of one or two letters are left aside, as NLTK's `Text` does; in
scripts without capitals, whose words are short, words of any length count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.linguistics.word_lists import is_stop_word
from search.snapshot.gathering import Mask
from search.snapshot.occurrences import Found
from search.snapshot.running_text import RunningText, TextPart
from search.word_groups import Collocation, CollocationRequest, Collocations, Measure

_LEAST_LETTERS = 3
_SMALL = 1e-20  # NLTK's own, so that log(0) stays finite

Numbers = NDArray[Any]


class Table(NamedTuple):
    """How often two things stand together, each of them alone, and all there is."""

    both: Numbers
    first: Numbers
    second: Numbers
    all: int


def likelihood_ratio(table: Table) -> Numbers:
    """Return Dunning's likelihood ratio."""
    cells = _cells(table)
    rows = (cells[0] + cells[1], cells[2] + cells[3])
    columns = (cells[0] + cells[2], cells[1] + cells[3])
    expected = [row * column / table.all for row in rows for column in columns]
    parts = [
        cell * np.log(cell / (each + _SMALL) + _SMALL)
        for cell, each in zip(cells, expected, strict=True)
    ]
    total: Numbers = 2 * np.sum(parts, axis=0)
    return total


def pointwise_mutual_information(table: Table) -> Numbers:
    """Return how many bits more often the two stand together than by chance."""
    found: Numbers = np.log2(table.both * float(table.all)) - np.log2(
        table.first * table.second.astype(np.float64)
    )
    return found


MEASURES: dict[Measure, Callable[[Table], Numbers]] = {
    "likelihood": likelihood_ratio,
    "pmi": pointwise_mutual_information,
}


def _cells(table: Table) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    both = table.both.astype(np.float64)
    only_first, only_second = table.first - both, table.second - both
    return both, only_first, only_second, table.all - both - only_first - only_second


def around(found: Found, documents: Mask | None, request: CollocationRequest) -> Collocations:
    """Return the words that stand near occurrences."""
    text = found.text
    near = np.zeros(text.word_count, np.int64)
    inside = np.zeros(text.word_count, np.int64)
    for number in range(len(text.parts)):
        addresses, own = _neighbours(found, number, request.window)
        near += text.tally(number, addresses)
        inside += text.tally(number, own)
    frequency = text.frequencies(documents) - inside
    words = ((near >= request.least) & (frequency >= near)).nonzero()[0]
    words = words[_telling(text, words)]
    rows = np.full(words.size, near.sum())
    table = Table(near[words], rows, frequency[words], int(frequency.sum()))
    return _strongest(text, [words], table, request, found)


def pairs(text: RunningText, documents: Mask | None, request: CollocationRequest) -> Collocations:
    """Return the pairs of words that stand side by side."""
    frequency = text.frequencies(documents)
    frequent = (frequency >= request.least).nonzero()[0]
    telling = np.zeros(text.word_count + 1, np.bool_)  # the last is what stands between fields
    telling[frequent[_telling(text, frequent)]] = True
    keys = [
        key
        for number, part in enumerate(text.parts)
        for key in _pair_keys(partial(text.ranked, number), part, part.allowed(documents), telling)
    ]
    found, counts = np.unique(np.concatenate([np.empty(0, np.int64), *keys]), return_counts=True)
    enough = counts >= request.least
    first, second = np.divmod(found[enough], max(text.word_count, 1))
    table = Table(counts[enough], frequency[first], frequency[second], int(frequency.sum()))
    return _strongest(text, [first, second], table, request, None)


def _pair_keys(
    ranked: Callable[[Numbers], Numbers], part: TextPart, allowed: Mask, telling: Mask
) -> Sequence[Numbers]:
    """Return the pairs of telling words side by side, as one number each."""
    keys: list[Numbers] = []
    for addresses in part.stretches(allowed):
        first, second = ranked(addresses), ranked(addresses + 1)
        good = telling[first] & telling[second]
        keys.append(first[good].astype(np.int64) * (telling.size - 1) + second[good])
    return keys


def _neighbours(found: Found, number: int, window: int) -> tuple[Numbers, Numbers]:
    """Return the addresses near a segment's occurrences, each once, and those inside of them."""
    part = found.text.parts[number]
    mine = found.of_part(number)
    first, last = found.first[mine], found.last[mine]
    is_near = np.zeros(part.forward.size, np.bool_)
    fields = part.scope.field_of(first)
    starts, ends = part.fields[fields], part.fields[fields + 1] - 1
    for distance in range(1, window + 1):
        is_near[(first - distance)[first - distance >= starts]] = True
        is_near[(last + distance)[last + distance < ends]] = True
    is_own = np.zeros(part.forward.size, np.bool_)
    for step in range(int((last - first).max(initial=-1)) + 1):
        is_own[(first + step)[first + step <= last]] = True
    return (is_near & ~is_own).nonzero()[0], is_own.nonzero()[0]


def _telling(text: RunningText, ranks: Numbers) -> Mask:
    """Tell which words say something by themselves."""
    return np.array([_says_something(text.word(rank)) for rank in ranks.tolist()], np.bool_)


def _says_something(word: str) -> bool:
    if word.isdigit() or is_stop_word(word):
        return False
    return len(word) >= _LEAST_LETTERS or word.upper() == word


def _strongest(
    text: RunningText,
    words: Sequence[Numbers],
    table: Table,
    request: CollocationRequest,
    found: Found | None,
) -> Collocations:
    scores = MEASURES[request.measure](table)
    together = table.both * float(table.all) > table.first * table.second.astype(np.float64)
    order = np.lexsort((*words[::-1], -np.round(scores, 9)))
    order = order[together[order]]
    rarer = table.second if len(words) == 1 else np.minimum(table.first, table.second)
    return Collocations(
        total=int(order.size),
        occurrences=found.total if found else 0,
        found=tuple(
            Collocation(
                tuple(text.word(int(column[n])) for column in words),
                int(table.both[n]),
                int(rarer[n]),
                float(scores[n]),
            )
            for n in order[: request.limit].tolist()
        ),
        cut=found.cut if found else (),
    )
