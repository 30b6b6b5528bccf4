"""Spans: where the leaves of a plan stand, from the first to the last word.

In:  one segment's scope, leaves of a plan.
Out: first and last address of every match, in rising order, one for each first address, the
     longest; of matches of a loose phrase the tightest.

A hyphenated word is found written as one too: then its last part is where the match ends, which
is read off the words that stand there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from search.analysis import MAX_JOINED_PARTS, word_family
from search.linguistics.forms import exact_form
from search.query_plan import TextLeaf
from search.snapshot.fields import FIELD_COUNT, FIELD_NUMBERS
from search.snapshot.gathering import Ints, Mask
from search.snapshot.places import NOWHERE, Step, find_loose, find_places, read_steps, unique
from search.snapshot.segment import SegmentScope

Fits = Callable[[str], bool]


class Spans(NamedTuple):
    """Stretches of addresses, by rising first address."""

    first: Ints
    last: Ints

    def where(self, keep: Mask) -> Spans:
        """Return some of them."""
        first = self.first[keep]
        return Spans(first, first if self.last is self.first else self.last[keep])


def find_spans(scope: SegmentScope, leaves: Sequence[TextLeaf]) -> tuple[Spans, tuple[str, ...]]:
    """Return where any of the leaves stands, and which stand for too many words."""
    found, cut = [Spans(NOWHERE, NOWHERE)], []
    for leaf in leaves:
        read = read_steps(scope.views[leaf.view], leaf, leaf.steps)
        if any(step.is_cut for step in read):
            cut.append(leaf.text)
        if all(step.runs for step in read) or leaf.whole:
            found.append(_within(scope, leaf, _leaf_spans(scope, leaf, read)))
    return _together(found), tuple(cut)


def _leaf_spans(scope: SegmentScope, leaf: TextLeaf, read: Sequence[Step]) -> Spans:
    if leaf.slop and len(read) > 1:
        spans = _tightest(Spans(*find_loose(scope, scope.views[leaf.view], read, leaf.slop)))
        return _reaching(scope, spans, _last_step_fits(leaf))
    first = find_places(scope, replace(leaf, field=""), leaf.view, read)
    if not leaf.whole:
        spans = Spans(first, first + np.int32(len(read) - 1) if len(read) > 1 else first)
        return _reaching(scope, spans, _last_step_fits(leaf))
    in_parts = find_places(scope, replace(leaf, field="", whole=frozenset()), leaf.view, read)
    alone = np.isin(first, in_parts, assume_unique=True, invert=True)
    parts = Spans(in_parts, in_parts + np.int32(len(read) - 1))
    return _together(
        [
            _reaching(scope, parts, _last_step_fits(leaf)),
            _reaching(scope, Spans(first[alone], first[alone]), _fits(leaf, leaf.whole)),
        ]
    )


def _within(scope: SegmentScope, leaf: TextLeaf, spans: Spans) -> Spans:
    if not leaf.field:
        return spans
    number = FIELD_NUMBERS.get(leaf.field, -1)
    return spans.where(scope.field_of(spans.first) % FIELD_COUNT == number)


def _tightest(spans: Spans) -> Spans:
    """Leave out what holds a shorter match with the same end."""
    if not spans.first.size:
        return spans
    return spans.where(np.append(spans.last[1:] != spans.last[:-1], np.bool_(1)))


def _together(found: Sequence[Spans]) -> Spans:
    some = [spans for spans in found if spans.first.size]
    if len(some) < 2:  # noqa: PLR2004 - nothing to put together
        return some[0] if some else Spans(NOWHERE, NOWHERE)
    first = np.concatenate([spans.first for spans in some])
    last = np.concatenate([spans.last for spans in some])
    order = np.lexsort((-last, first))
    first, last = first[order], last[order]
    return Spans(first, last).where(np.append(np.bool_(1), first[1:] != first[:-1]))


def _last_step_fits(leaf: TextLeaf) -> Fits:
    if leaf.pattern:
        return leaf.pattern.fits
    return _fits(leaf, leaf.steps[-1])


def _fits(leaf: TextLeaf, forms: frozenset[str]) -> Fits:
    """Return what tells whether an exact form is one of those that a leaf looks for."""
    if leaf.is_prefix:
        beginnings = tuple(forms)
        return lambda form: form.startswith(beginnings)
    if leaf.view == "exact":
        return forms.__contains__
    return lambda form: not forms.isdisjoint(word_family(form))


def _reaching(scope: SegmentScope, spans: Spans, fits: Fits) -> Spans:
    """Let matches of a hyphenated word written as one reach to its last part."""
    words = scope.views["exact"]
    forward = words.forward
    if forward is None or not spans.first.size:
        return spans
    # Last addresses rise, and those where a word with hyphens begins are few.
    place = spans.last.searchsorted(words.joined_places)
    at = place[spans.last.take(place, mode="clip") == words.joined_places]
    there = forward[spans.last[at]]
    other = [word for word in unique(there).tolist() if not fits(words.text(word).decode())]
    if other:
        joined = at[np.isin(there, other)]
        last = spans.last.copy()
        known: dict[tuple[int, ...], int] = {}
        for place in joined.tolist():
            address = int(last[place])
            parts = tuple(forward[address : address + MAX_JOINED_PARTS].tolist())
            if parts not in known:
                inside = takewhile(lambda part: part >= 0, parts)
                known[parts] = _part_count([words.text(p).decode() for p in inside], fits)
            last[place] += known[parts] - 1
        spans = Spans(spans.first, last)
    return spans


def _part_count(parts: Sequence[str], fits: Fits) -> int:
    """Return how many parts make the word that fits; 1 where none does."""
    counts = range(2, len(parts) + 1)
    return next((n for n in counts if fits(exact_form("".join(parts[:n])))), 1)
