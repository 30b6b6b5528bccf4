"""Comparison: what changed between two states of a publication, section by section, word by word.

In:  the record as it was and as it is.
Out: a `Comparison`: sections added, removed, moved, changed, with the words within them.
Errors: none.

Sections are the same where their addresses are, or where a former address leads: ids were matched
when the newer state was ingested. Words are compared by their longest common subsequence
(rapidfuzz's Indel), of a very long section the paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from msgspec import Struct
from rapidfuzz.distance import Indel

from search.model import Case, Publication, Section
from search.permalinks import Resolver

_WORD = re.compile(r"\S+\s*")
_MOST_PAIRS = 400_000_000  # of words to compare (a bit each); beyond that whole paragraphs are

ChangeKind = Literal["added", "removed", "moved", "changed"]
StretchKind = Literal["same", "added", "removed"]


class Stretch(Struct, frozen=True):
    """A run of words that stayed, came or went."""

    kind: StretchKind
    text: str


class Place(Struct, frozen=True):
    """A section in one of the states: its address below the publication's, and its names."""

    address: str
    case_title: str
    heading: str


class SectionChange(Struct, frozen=True):
    """What became of a section.

    `before` is None for one that was added, `after` for one that was removed. A section that moved
    (its case or its place among the sections that stayed is another) may have changed, too.
    `stretches` have its words where they changed; `titles` its case's title and its heading, on a
    line each, where one of them did: a case's title that changed is told with its first section.
    """

    kind: ChangeKind
    before: Place | None
    after: Place | None
    stretches: tuple[Stretch, ...] = ()
    titles: tuple[Stretch, ...] = ()


class Comparison(Struct, frozen=True):
    """Two states of a publication; `unchanged` counts sections."""

    publication: str
    before: int
    after: int
    changes: tuple[SectionChange, ...]
    unchanged: int

    def count(self, kind: ChangeKind) -> int:
        """Return how many sections changed in this way."""
        return sum(change.kind == kind for change in self.changes)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A section where it stands; `rank` is its place among all, from 0."""

    rank: int
    case: Case
    section: Section

    @property
    def address(self) -> str:
        return f"{self.case.id}/{self.section.id}"

    @property
    def place(self) -> Place:
        return Place(self.address, self.case.title, self.section.heading)

    @property
    def title(self) -> str:
        return f"{self.case.title}\n{self.section.heading}"


def compare(before: Publication, after: Publication) -> Comparison:
    """Compare two states of a publication; changes come in the order of the newer one."""
    old, new = _spots(before), _spots(after)
    pairs = _pairs(old, new, after)
    came_from = {target: source for source, target in pairs.items()}
    settled = _in_order([(old[source].rank, target) for source, target in pairs.items()], new)
    changes: list[tuple[int, SectionChange]] = []
    told: set[str] = set()  # cases of which a section has come
    for address, spot in new.items():
        source = came_from.get(address)
        if source is None:
            changes.append((spot.rank, SectionChange("added", None, spot.place)))
            continue
        is_first = spot.case.id not in told
        told.add(spot.case.id)
        is_settled = address in settled
        if change := _change(old[source], spot, is_settled=is_settled, tells_title=is_first):
            changes.append((spot.rank, change))
    for address, spot in old.items():
        if address not in pairs:
            changes.append((spot.rank, SectionChange("removed", spot.place, None)))
    ordered = [change for _, change in sorted(changes, key=lambda pair: pair[0])]
    unchanged = len(new) - sum(change.kind != "removed" for change in ordered)
    return Comparison(after.id, before.edition, after.edition, tuple(ordered), unchanged)


def compare_words(before: str, after: str) -> tuple[Stretch, ...]:
    """Return two texts as runs of words that stayed, came and went."""
    if before == after:
        return (Stretch("same", after),) if after else ()
    # A blank behind the last word, too: another may come after it.
    old, new = _WORD.findall(f"{before} "), _WORD.findall(f"{after} ")
    if len(old) * len(new) > _MOST_PAIRS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return _joined(_stretches(old, new))


def _spots(record: Publication) -> dict[str, _Spot]:
    sections = [(case, section) for case in record.cases for section in case.sections]
    spots = (_Spot(rank, case, section) for rank, (case, section) in enumerate(sections))
    return {spot.address: spot for spot in spots}


def _pairs(
    old: Mapping[str, _Spot], new: Mapping[str, _Spot], after: Publication
) -> dict[str, str]:
    """Map addresses of sections that are still there to their present ones, each once."""
    pairs = {address: address for address in old if address in new}
    taken = set(pairs.values())
    resolver = Resolver(after)
    for address in old:
        if address in pairs:
            continue
        found = resolver.resolve(f"{after.id}/{address}")
        target = found.address.partition("/")[2]
        if target in new and target not in taken:
            pairs[address] = target
            taken.add(target)
    return pairs


def _in_order(ranked: Sequence[tuple[int, str]], new: Mapping[str, _Spot]) -> set[str]:
    """Return the most sections whose order among themselves is what it was.

    The longest increasing subsequence (Schensted 1961); the others are those that moved.
    """
    by_new = sorted(ranked, key=lambda pair: new[pair[1]].rank)
    ends: list[int] = []  # places in by_new: the last of the best run of each length
    before: list[int] = []
    for place, (rank, _) in enumerate(by_new):
        length = bisect_left(ends, rank, key=lambda end: by_new[end][0])
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [place]
    settled: set[str] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        settled.add(by_new[place][1])
        place = before[place]
    return settled


def _change(old: _Spot, new: _Spot, *, is_settled: bool, tells_title: bool) -> SectionChange | None:
    has_moved = not is_settled or old.case.id != new.case.id
    words = (
        ()
        if old.section.text == new.section.text
        else compare_words(old.section.text, new.section.text)
    )
    is_retitled = old.section.heading != new.section.heading or (
        (tells_title or has_moved) and old.case.title != new.case.title
    )
    titles = compare_words(old.title, new.title) if is_retitled else ()
    if has_moved:
        return SectionChange("moved", old.place, new.place, words, titles)
    if words or titles:
        return SectionChange("changed", old.place, new.place, words, titles)
    return None


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """Yield what stayed; between it first what went, then what took its place."""
    came: list[str] = []
    for block in Indel.opcodes([w.strip() for w in old], [w.strip() for w in new]):
        if block.tag == "delete":
            yield Stretch("removed", "".join(old[block.src_start : block.src_end]))
        elif block.tag == "insert":
            came += new[block.dest_start : block.dest_end]
        else:
            yield Stretch("added", "".join(came))
            came = []
            yield Stretch("same", "".join(new[block.dest_start : block.dest_end]))
    yield Stretch("added", "".join(came))


def _joined(stretches: Iterator[Stretch]) -> tuple[Stretch, ...]:
    """Put runs of one kind together."""
    filled = (stretch for stretch in stretches if stretch.text)
    runs = ((kind, list(run)) for kind, run in groupby(filled, key=lambda s: s.kind))
    return tuple(Stretch(kind, "".join(s.text for s in run)) for kind, run in runs)
