"""Places: where the words of a leaf stand, by address.

In:  one segment's scope, a leaf of the plan as steps of forms.
Out: the first address of every match, in rising order, each once.

A phrase of plain words is looked up in the order of the words behind words; one of few places, or
of words that stand for several, from its rarest word: the words beside it are read from the array
of words by address. Words that also stand for a hyphenated whole are looked for by their own
places, since the array holds the parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.analysis import View
from search.query_plan import TextLeaf
from search.snapshot.expansion import Expansion, Runs, words_beginning, words_fitting
from search.snapshot.fields import FIELD_COUNT, FIELD_NUMBERS
from search.snapshot.gathering import Ints, Mask, changes
from search.snapshot.segment import SegmentScope, Words

NOWHERE = np.empty(0, np.int32)
_DEEP = 3  # words in a row by which addresses are sorted
_FEW = 48  # places that are sooner looked at than looked up
_MANY, _SPARSE = 20_000, 10  # of so many one in so many are few


class Step(NamedTuple):
    """What may stand at one position: runs of words (first, behind the last), how often in all."""

    runs: Runs
    size: int  # in places
    is_cut: bool = False  # it stands for more words than were looked up

    @property
    def only(self) -> int:
        """Return the one word that may stand here, -1 where there are several."""
        (first, end), *more = self.runs
        return -1 if more or end > first + 1 else first


def find_phrase(scope: SegmentScope, leaf: TextLeaf) -> Ints:
    """Return where the exact forms of a plain leaf stand one behind the other, or its only one."""
    words = scope.views["exact"]
    numbers = [words.find(form.encode()) for form in leaf.typed]
    if min(numbers) < 0:
        return NOWHERE
    counts = [words.place_count(number) for number in numbers]
    if len(numbers) > 1 and min(counts) > _FEW and not any(map(words.is_joined, numbers)):
        starts = _in_a_row(words, numbers, counts)
    else:
        starts = _around_rarest(words, numbers, counts)
    return _within(scope, starts, leaf.field) if leaf.field else starts


def _in_a_row(words: Words, numbers: Sequence[int], counts: Sequence[int]) -> Ints:
    """Look three words up that stand in a row, the rarest ones; the others are checked there."""
    last = len(numbers) - _DEEP
    first = min(range(last + 1), key=lambda n: sorted(counts[n : n + _DEEP])) if last > 0 else 0
    starts = words.places_before(*numbers[first : first + _DEEP])
    if first:
        starts = starts - np.int32(first)
    for place, number in enumerate(numbers):
        if starts.size and not first <= place < first + _DEEP:
            starts = starts[_has_word(words, number, starts + np.int32(place))]
    if starts.size > 1:
        starts = starts.copy() if starts.base is not None else starts
        starts.sort()
    return starts


def _around_rarest(words: Words, numbers: Sequence[int], counts: Sequence[int]) -> Ints:
    """Go through the places of the rarest word."""
    rarest = counts.index(min(counts))
    starts = words.places(numbers[rarest])
    if rarest:
        starts = _from_first(starts - rarest)
    for place in sorted(range(len(numbers)), key=counts.__getitem__):
        if place != rarest and starts.size:
            there = starts + place if place else starts
            starts = starts[_has_word(words, numbers[place], there)]
    return starts


def _from_first(starts: Ints) -> Ints:
    """Leave out what would begin before the first address."""
    if starts.size and starts[0] <= 0:
        return starts[starts.searchsorted(0, side="right") :]
    return starts


def find_places(scope: SegmentScope, leaf: TextLeaf, view: View, read: Sequence[Step]) -> Ints:
    """Return where a leaf matches, whose steps were read in this view."""
    words = scope.views[view]
    found = NOWHERE
    if all(step.runs for step in read):
        found = _sequences(scope, words, read, leaf.slop)
    if leaf.whole and view == leaf.view:
        whole = _step(words, leaf.whole, leaf.is_prefix)
        if whole.runs:
            found = unique(np.concatenate([found, _places(words, whole)]))
    return _within(scope, found, leaf.field) if leaf.field else found


def read_steps(words: Words, leaf: TextLeaf, steps: Sequence[frozenset[str]]) -> list[Step]:
    """Look the steps of a leaf up."""
    if leaf.pattern:
        return [_expanded(words, [words_fitting(words, leaf.pattern)])]
    last = len(steps) - 1
    return [_step(words, s, leaf.is_prefix and number == last) for number, s in enumerate(steps)]


def _step(words: Words, forms: Iterable[str], is_prefix: bool) -> Step:  # noqa: FBT001
    if is_prefix:
        return _expanded(words, [words_beginning(words, form) for form in sorted(forms)])
    numbers = words.numbers(forms)
    size = sum([words.place_count(number) for number in numbers])
    return Step(tuple([(number, number + 1) for number in numbers]), size)


def _expanded(words: Words, found: Sequence[Expansion]) -> Step:
    runs = tuple([run for expansion in found for run in expansion.runs])
    size = sum([words.place_count(first, end) for first, end in runs])
    return Step(runs, size, is_cut=any(expansion.is_cut for expansion in found))


def _places(words: Words, step: Step) -> Ints:
    """Return the addresses of a step."""
    if step.only >= 0:
        return words.places(step.only)
    return unique(np.concatenate([words.places(first, end) for first, end in step.runs]))


def unique(numbers: Ints) -> Ints:
    """Return different numbers in rising order."""
    numbers = np.sort(numbers)  # numpy's own `unique` goes through a hash table, which is slower
    return numbers[changes(numbers)]


def among(these: NDArray[Any], numbers: NDArray[Any]) -> Mask:
    """Tell which of some numbers are among these, which rise."""
    if not these.size:
        return np.zeros(numbers.size, np.bool_)
    there: Mask = np.equal(these.take(these.searchsorted(numbers), mode="clip"), numbers)
    return there


def numbers_of(mask: Mask) -> NDArray[np.intp]:
    """Return where a mask holds."""
    if mask.size < _MANY or np.count_nonzero(mask) * _SPARSE > mask.size:
        return mask.nonzero()[0]
    # Of few numpy looks for one after the other, guessing wrong each time: first eight at once.
    tail = mask.size - mask.size % 8
    eights = (mask[:tail].view(np.uint64) != 0).nonzero()[0]
    places = mask[:tail].reshape(-1, 8).take(eights, axis=0).ravel().nonzero()[0]
    found: NDArray[np.intp] = (eights.take(places >> 3) << 3) + (places & 7)
    return np.concatenate([found, tail + mask[tail:].nonzero()[0]])


def ranges(starts: NDArray[Any], ends: NDArray[Any]) -> NDArray[np.intp]:
    """Return the numbers from each start up to its end, one run after another."""
    sizes = ends - starts
    before = np.cumsum(sizes) - sizes
    found: NDArray[np.intp] = np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))
    return found


def _sequences(scope: SegmentScope, words: Words, steps: Sequence[Step], slop: int) -> Ints:
    if len(steps) == 1:
        return _places(words, steps[0])
    if slop:
        return find_loose(scope, words, steps, slop)[0]
    rarest, *others = sorted(range(len(steps)), key=[step.size for step in steps].__getitem__)
    starts = _from_first(_places(words, steps[rarest]) - rarest)
    for number in others:
        if not starts.size:
            break
        starts = starts[_stands(words, steps[number], starts + number if number else starts)]
    return starts


def _stands(words: Words, step: Step, addresses: Ints) -> Mask:
    """Tell at which addresses a step holds."""
    if step.only >= 0:
        return _has_word(words, step.only, addresses)
    return among(_places(words, step), addresses)


def _has_word(words: Words, word: int, addresses: Ints) -> Mask:
    """Tell at which addresses a word stands."""
    if words.forward is not None and not words.is_joined(word):
        return np.equal(words.forward.take(addresses, mode="clip"), word)
    return among(words.places(word), addresses)


def find_loose(
    scope: SegmentScope, words: Words, steps: Sequence[Step], slop: int
) -> tuple[Ints, Ints]:
    """Return the first and last addresses of steps in order within the room that slop gives."""
    starts = _places(words, steps[0])
    ends = scope.fields[scope.stretch_of(starts) + 1]
    highest = np.minimum(starts + np.int32(len(steps) - 1 + slop), ends - 1)
    place = starts
    for step in steps[1:]:
        places = _places(words, step)
        # The nearest next place of each word is the tightest match from its start.
        index = np.searchsorted(places, place, side="right")
        following = np.take(places, index, mode="clip")
        good = (index < places.size) & (following <= highest)
        starts, highest, place = starts[good], highest[good], following[good]
    return starts, place


def _within(scope: SegmentScope, addresses: Ints, field: str) -> Ints:
    number = FIELD_NUMBERS.get(field, -1)
    found: Ints = addresses[scope.stretch_of(addresses) % FIELD_COUNT == number]
    return found
