"""Counters: numbers before titles that only count ("Case 3. …", "7. …") and belong to no title.

In:  marks in reading order.
Out: the same marks, the titles of cases and parts without their running counter.

A number is a counter only where most titles have one and they count on, one by one (or from 1
again, in the next part): "8th of March" stays what it is. In a report, chapters are called by
their numbers; there only counters that say "case" or "story" go.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.marks import Mark
from ingest.page_numbers import number_value
from ingest.usual_names import is_usual_word

_COUNTER = re.compile(
    r"(?:(?P<word>[^\W\d_]+(?: [^\W\d_]+)?)(?:\s*[№#]\s*|\s+))?[№#]?\s*"
    r"(?P<number>(?:\d{1,3}\.)*\d{1,3}|[IVXLC]{1,7})(?:\s*[.):–—-]+|(?=\s|$))\s*"
)
_MOST = 0.7  # of the titles have it, and count on
_LEAST = 2


@dataclass(frozen=True, slots=True)
class _Counter:
    """The counter that a title begins with; `end` is where the title proper begins."""

    word: str
    value: int
    end: int


def without_counters(marks: Sequence[Mark], *, only_named: bool) -> tuple[Mark, ...]:
    """Take running counters from titles; `only_named` leaves bare numbers and "Chapter 2"."""
    titles: dict[int, str] = {}
    organisations: dict[int, str] = {}
    for role in ("case", "part"):
        chosen = [k for k, m in enumerate(marks) if m.role == role and m.kind == "case"]
        titles |= _stripped({k: marks[k].title for k in chosen}, only_named=only_named)
        # A counter on a line of its own has been read with the line of the organisation.
        organisations |= _stripped(
            {k: marks[k].organisation for k in chosen}, only_named=only_named
        )
    return tuple(
        replace(
            mark,
            title=titles.get(k) or mark.title,
            organisation=organisations.get(k, mark.organisation),
            title_in_contents=_bare(mark.title_in_contents, titles.get(k)),
        )
        for k, mark in enumerate(marks)
    )


def without_counter(text: str) -> str:
    """A text without the number, and the word before it, that it may begin with."""
    counter = _counter(text)
    return text[counter.end :] if counter else text


def _stripped(texts: Mapping[int, str], *, only_named: bool) -> dict[int, str]:
    """The texts that lose a counter, without it; none where the numbers do not count on."""
    found = {k: counter for k, text in texts.items() if (counter := _counter(text))}
    if only_named:
        found = {k: c for k, c in found.items() if is_usual_word("case", c.word)}
    words = [counter.word for counter in found.values()]
    usual = max(set(words), key=words.count, default="")
    found = {k: counter for k, counter in found.items() if counter.word == usual}
    if len(found) < max(_LEAST, _MOST * len(texts)) or not _count_on(list(found.values())):
        return {}
    return {k: texts[k][counter.end :] for k, counter in found.items()}


def _count_on(counters: Sequence[_Counter]) -> bool:
    steps = [
        after.value - before.value == 1 or after.value == 1 for before, after in pairwise(counters)
    ]
    return sum(steps) >= _MOST * len(steps)


def _counter(text: str) -> _Counter | None:
    found = _COUNTER.match(text)
    value = number_value(found["number"].rpartition(".")[2]) if found else None
    if found is None or value is None:
        return None
    return _Counter((found["word"] or "").casefold(), value, found.end())


def _bare(in_contents: str, title: str | None) -> str:
    """The wording of the contents page without the counter that the title lost."""
    bare = without_counter(in_contents) if title else in_contents
    return "" if bare == title else bare
