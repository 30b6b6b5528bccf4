"""Recurrence: short lines standing alone that come again and again are section headings.

In:  the flow of a publication, the lines to leave out (its contents page), the usual names.
Out: the lines that carry a recurring label, in any language, fonts or none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from itertools import pairwise

from ingest.flow import Flow
from ingest.titles import split_number, title_words
from ingest.usual_names import UsualNames

_LEAST_TIMES = 3
_TWICE = 2
_SEVERAL = 3  # usual names
_MOST_WORDS = 8
_SHORT = 0.8  # of a full line
_MOSTLY = 0.8
_APART = 4  # lines between two of them at least; closer is a table or a list
_CELLS = "  "
_OFTEN = 5  # times
_BULLETS = "•·▪◦–—-*‣●○"


def label_of(text: str) -> str:
    """The words by which a heading is known again, without its number."""
    return " ".join(title_words(split_number(text)[1]))


def has_cells(text: str) -> bool:
    """Has it wide gaps, as the row of a table? One behind a number makes no cells."""
    return _CELLS in split_number(text)[1].strip()


def stands_alone(flow: Flow, index: int, *, wrapped: bool = False) -> bool:
    """Is the line short, capital at first, no sentence, and not within a paragraph?

    With `wrapped` the line may go on in the next one, and be as long as any.
    """
    line = flow.lines[index]
    words = title_words(split_number(line.text)[1])
    short_line = line.fill < _SHORT or wrapped or _has_space_around(flow, index)
    is_short = 0 < len(words) <= _MOST_WORDS and short_line
    if not is_short or line.starts_lower or line.text[0] in _BULLETS:
        return False
    if line.text.endswith((".", ",", ";")) or not any(c.isalpha() for c in line.text):
        return False
    if has_cells(line.text):
        return False
    return opens(flow, index) and (wrapped or _is_followed(flow, index))


def recurring_lines(flow: Flow, outside: Container[int], names: UsualNames) -> Mapping[int, str]:
    """Lines whose label recurs, with the label; `outside` is left out."""
    places: dict[str, list[int]] = defaultdict(list)
    for index in range(len(flow.lines)):
        if index not in outside and stands_alone(flow, index):
            places[label_of(flow.lines[index].text)].append(index)
    plain = not _has_prominent_lines(flow)
    places = {
        label: indexes
        for label, indexes in places.items()
        if label and (plain or _mostly_prominent(flow, indexes) or _set_apart(flow, indexes, names))
    }
    labels = {label for label, indexes in places.items() if recurs(indexes)}
    labels = labels or _twice(places, names)
    return {
        index: label
        for index, line in enumerate(flow.lines)
        if index not in outside and (label := label_of(line.text)) in labels
        if stands_alone(flow, index) or _is_label_only(flow, index)
    }


def _twice(places: Mapping[str, list[int]], names: UsualNames) -> set[str]:
    """In a book of two cases labels come twice: enough where several are usual names."""
    twice = {label for label, indexes in places.items() if recurs(indexes, least=_TWICE)}
    usual = sum(names.is_name(label) for label in twice)
    return twice if usual >= _SEVERAL else set()


def _is_label_only(flow: Flow, index: int) -> bool:
    """A known label on a line of its own counts, however close the text above it."""
    line = flow.lines[index]
    return (
        not line.starts_lower and not line.text.endswith((",", ";")) and _is_followed(flow, index)
    )


def _has_space_around(flow: Flow, index: int) -> bool:
    """Is the line a paragraph of its own?"""
    lines = flow.lines
    return lines[index].stands_off and index + 1 < len(lines) and lines[index + 1].gap > 0


def opens(flow: Flow, index: int) -> bool:
    """Does it begin something new: after a space, a page break, a sentence or a short line?"""
    line = flow.lines[index]
    if index == 0 or line.stands_off or flow.is_prominent(index):
        return True
    before = flow.lines[index - 1]
    return before.ends_sentence or before.fill < _SHORT


def _is_followed(flow: Flow, index: int) -> bool:
    """Does text follow that does not go on from it?"""
    if index + 1 >= len(flow.lines):
        return False
    after = flow.lines[index + 1]
    return flow.is_prominent(index) or after.stands_off or not after.starts_lower


def recurs(indexes: list[int], least: int = _LEAST_TIMES) -> bool:
    """Are these lines many, and not as close as the rows of a table?"""
    gaps = (after - before for before, after in pairwise(indexes))
    return 1 + sum(gap >= _APART for gap in gaps) >= least


def _mostly_prominent(flow: Flow, indexes: list[int]) -> bool:
    return sum(flow.is_prominent(index) for index in indexes) * 2 >= len(indexes)


def _set_apart(flow: Flow, indexes: list[int], names: UsualNames) -> bool:
    """Set as text is, but mostly as a paragraph of its own: often, or by a usual name?"""
    apart = sum(_has_space_around(flow, index) for index in indexes)
    usual = names.is_name(label_of(flow.lines[indexes[0]].text))
    return apart >= _MOSTLY * len(indexes) and (usual or len(indexes) >= _OFTEN)


def _has_prominent_lines(flow: Flow) -> bool:
    """Does the publication set headings in a type of their own at all?"""
    return sum(flow.is_prominent(k) for k in range(len(flow.lines))) * 100 >= len(flow.lines)
