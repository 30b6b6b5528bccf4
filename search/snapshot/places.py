"""Places: where the words of a leaf stand, by address.

In:  one segment's scope, a leaf of the plan as steps of forms.
Out: the first address of every match, in rising order, each once.

A phrase without gaps is looked for from its rarest word: the words beside it are read from the
array of words by address. Words that also stand for a hyphenated whole are looked for by their
own places, since the array holds the parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from search.analysis import View
from search.query_plan import TextLeaf
from search.snapshot.fields import FIELD_COUNT, FIELD_NUMBERS
from search.snapshot.gathering import Ints, Mask
from search.snapshot.segment import SegmentScope, Words

NOWHERE = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True)
class _Step:
    """What may stand at one position: runs of words (first, behind the last), how often in all."""

    runs: tuple[tuple[int, int], ...]
    count: int

    @property
    def only(self) -> int:
        """Return the one word that may stand here, -1 where there are several."""
        (first, end), *more = self.runs
        return -1 if more or end > first + 1 else first


def find_places(
    scope: SegmentScope, leaf: TextLeaf, view: View, steps: Sequence[frozenset[str]]
) -> Ints:
    """Return where a leaf matches, read as these steps of a view."""
    words = scope.views[view]
    last = len(steps) - 1
    read = [_step(words, s, leaf.is_prefix and number == last) for number, s in enumerate(steps)]
    found = NOWHERE
    if all(step.runs for step in read):
        found = _sequences(scope, words, read, leaf.slop)
    if leaf.whole and view == leaf.view:
        whole = _step(words, leaf.whole, leaf.is_prefix)
        if whole.runs:
            found = np.union1d(found, _places(words, whole))
    return _within(scope, found, leaf.field) if leaf.field else found


def _step(words: Words, forms: Iterable[str], is_prefix: bool) -> _Step:  # noqa: FBT001
    runs: list[tuple[int, int]] = []
    for form in sorted(forms):
        if is_prefix:
            first, end = words.beginning(form.encode())
        else:
            first = words.find(form.encode())
            end = first + 1
        if 0 <= first < end:
            runs.append((first, end))
    return _Step(tuple(runs), sum(words.places(first, end).size for first, end in runs))


def _places(words: Words, step: _Step) -> Ints:
    """Return the addresses of a step."""
    if step.only >= 0:
        return words.places(step.only)
    return np.unique(np.concatenate([words.places(first, end) for first, end in step.runs]))


def _sequences(scope: SegmentScope, words: Words, steps: Sequence[_Step], slop: int) -> Ints:
    if len(steps) == 1:
        return _places(words, steps[0])
    if slop:
        return _loose(scope, [_places(words, step) for step in steps], slop)
    rarest = min(range(len(steps)), key=lambda n: steps[n].count)
    starts = _places(words, steps[rarest]) - np.int32(rarest)
    starts = starts[np.searchsorted(starts, 0, side="right") :]
    for number in sorted(range(len(steps)), key=lambda n: steps[n].count):
        if number != rarest and starts.size:
            starts = starts[_stands(words, steps[number], starts + np.int32(number))]
    return starts


def _stands(words: Words, step: _Step, addresses: Ints) -> Mask:
    """Tell at which addresses a step holds."""
    word = step.only
    if word >= 0 and words.forward is not None and not words.is_joined(word):
        return np.equal(np.take(words.forward, addresses, mode="clip"), word)
    places = _places(words, step)
    index = np.searchsorted(places, addresses)
    return np.equal(np.take(places, index, mode="clip"), addresses)


def _loose(scope: SegmentScope, steps: Sequence[Ints], slop: int) -> Ints:
    """Return first addresses from where all steps come in order within the room that slop gives."""
    starts = steps[0]
    ends = scope.fields[scope.field_of(starts) + 1]
    highest = np.minimum(starts + np.int32(len(steps) - 1 + slop), ends - 1)
    place = starts
    for places in steps[1:]:
        # The nearest next place of each word is the tightest match from its start.
        index = np.searchsorted(places, place, side="right")
        following = np.take(places, index, mode="clip")
        good = (index < places.size) & (following <= highest)
        starts, highest, place = starts[good], highest[good], following[good]
    return starts


def _within(scope: SegmentScope, addresses: Ints, field: str) -> Ints:
    number = FIELD_NUMBERS.get(field, -1)
    found: Ints = addresses[scope.field_of(addresses) % FIELD_COUNT == number]
    return found
