"""Anchors: the numbers of paragraphs in addresses stay with their text.

In:  the new record, its cases and sections already under their old ids; the old record.
Out: the new record; its paragraphs have their old numbers, what is new gets numbers that no
     paragraph of the section ever had, and every number that is gone is in `retired`.

Within a section paragraphs are paired where their text is the same, in order; then the most alike
of the others. A paragraph that is gone is looked for within the paragraphs of its section, which it
may have become part of, and among all that are new: one that has its own former text is no other's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from msgspec.structs import replace
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from ingest.overlaps import Overlaps, shingles
from ingest.titles import squeeze
from search.model import Block, Publication, Retired, Section

ALIKE = 75.0  # rapidfuzz's ratio, of 100, from which on a paragraph was only revised
HELD = 0.6  # the share of its words by which a paragraph is found within another
_GONE = "That paragraph is no longer in the text."

_Addressed = tuple[str, Section]


def keep_anchors(new: Publication, old: Publication) -> Publication:
    """Give paragraphs their old numbers; retire those that are gone."""
    former = dict(_sections(old))
    used = _numbers_used(old)
    pairs: dict[str, dict[int, int]] = {}
    numbered: dict[str, Section] = {}
    for address, section in _sections(new):
        before = former.get(address)
        pairs[address] = _pair(section.blocks, before.blocks) if before else {}
        numbered[address] = _numbered(section, before, pairs[address], used[address])
    cases = tuple(
        replace(case, sections=tuple(numbered[f"{case.id}/{s.id}"] for s in case.sections))
        for case in new.cases
    )
    kept = replace(new, cases=cases)
    return replace(kept, retired=_retired(kept, former, pairs))


def _sections(record: Publication) -> Iterator[_Addressed]:
    for case in record.cases:
        for section in case.sections:
            yield f"{case.id}/{section.id}", section


def _numbers_used(old: Publication) -> defaultdict[str, set[int]]:
    """Return the numbers that paragraphs of each section have or once had."""
    used: defaultdict[str, set[int]] = defaultdict(set)
    for address, section in _sections(old):
        used[address] |= set(section.anchors)
    for entry in old.retired:
        above, _, number = entry.address.rpartition("/")
        if "/" in above:
            used[above].add(int(number.removeprefix("p")))
    return used


def _pair(new: Sequence[Block], old: Sequence[Block]) -> dict[int, int]:
    """Return which paragraph was which: place in the new section → place in the old."""
    texts, former = [squeeze(b.text) for b in new], [squeeze(b.text) for b in old]
    pairs: dict[int, int] = {}
    for block in Indel.opcodes(former, texts):
        if block.tag == "equal":
            pairs |= zip(
                range(block.dest_start, block.dest_end),
                range(block.src_start, block.src_end),
                strict=True,
            )
    pairs |= _alike(texts, former, pairs)
    return pairs


def _alike(texts: Sequence[str], former: Sequence[str], pairs: Mapping[int, int]) -> dict[int, int]:
    """Pair what is left, the most alike first."""
    taken = set(pairs.values())
    rest = [k for k in range(len(former)) if k not in taken]
    scored = [
        (fuzz.ratio(texts[j], former[k], score_cutoff=ALIKE), -abs(j - k), j, k)
        for j in range(len(texts))
        if j not in pairs
        for k in rest
    ]
    found: dict[int, int] = {}
    for score, _, j, k in sorted(scored, reverse=True):
        if score >= ALIKE and j not in found and k not in taken:
            found[j] = k
            taken.add(k)
    return found


def _numbered(
    section: Section, before: Section | None, pairs: Mapping[int, int], used: Iterable[int]
) -> Section:
    known = set(used)
    free = (number for number in count(max(known, default=0) + 1))
    numbers = [
        before.anchors[pairs[place]]
        if before and place in pairs
        else (place + 1 if not known else next(free))
        for place in range(len(section.blocks))
    ]
    blocks = (
        replace(block, anchor=0 if number == place else number)
        for place, (block, number) in enumerate(zip(section.blocks, numbers, strict=True), 1)
    )
    return replace(section, blocks=tuple(blocks))


def _retired(
    kept: Publication, former: Mapping[str, Section], pairs: Mapping[str, Mapping[int, int]]
) -> tuple[Retired, ...]:
    """Return what was retired already, and the paragraphs that left their section."""
    places = _Places(kept, pairs)
    known = {entry.address: entry for entry in kept.retired}
    living = dict(_sections(kept))
    for address, section in former.items():
        stayed = set(pairs.get(address, {}).values())
        for place, (block, number) in enumerate(zip(section.blocks, section.anchors, strict=True)):
            if place in stayed:
                continue
            target = places.of(block, address)
            # Where the section has gone, its own entry says so; it leads there by itself.
            if target or address in living:
                entry = Retired(f"{address}/p{number}", target, "" if target else _GONE)
                known.setdefault(entry.address, entry)
    return tuple(known[address] for address in sorted(known))


class _Places:
    """The paragraphs of a record that are new, and all of each section, to find one that moved."""

    def __init__(self, record: Publication, pairs: Mapping[str, Mapping[int, int]]) -> None:
        self._addresses: list[str] = []
        self._exact: dict[str, int] = {}
        self._new: set[int] = set()
        self._within: dict[str, range] = {}
        texts: list[str] = []
        for address, section in _sections(record):
            first = len(texts)
            for place, (number, block) in enumerate(
                zip(section.anchors, section.blocks, strict=True)
            ):
                if place not in pairs[address]:
                    self._exact.setdefault(squeeze(block.text), len(texts))
                    self._new.add(len(texts))
                self._addresses.append(f"{address}/p{number}")
                texts.append(block.text)
            self._within[address] = range(first, len(texts))
        self._overlaps = Overlaps([shingles(text) for text in texts])

    def of(self, block: Block, section: str) -> str:
        """Return the address where a text of a section is now, "" where it is nowhere."""
        found = self._exact.get(squeeze(block.text))
        if found is None:
            among = self._new.union(self._within.get(section, ()))
            found = self._overlaps.holding(shingles(block.text), least=HELD, among=among)
        return "" if found is None else self._addresses[found]
