"""Hits: what an engine found → what a reader is shown of it.

In:  an engine's hit, the record that it was found in, what the question marks.
Out: `Hit`s with passages cut from the record's text; highlights for the reading page.
Errors: none.

A passage comes from the running text or from the captions. Its `text` and `highlights` travel
together; `start` is where it begins in the section's text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from search.documents import Strand, section_language, strands
from search.engine import EngineHit
from search.library import Frame, StoredRecord
from search.model import Case, Publication, Section
from search.passages import FoundPassage, Marks, Reading, find_highlights, passages_of
from search.permalinks import permalink
from search.query import Query
from search.remembered import Remembered
from search.results import Highlight, Hit, Passage

READINGS_BYTES = 32_000_000  # of analysed texts that are remembered

_FIELDS = ("body", "caption")


def hit_of(found: EngineHit, stored: StoredRecord, marks: Marks, passages: int) -> Hit:
    """Return a section or a case as a hit, with so many passages at most."""
    place = found.id.partition("/")[2]
    frame = stored.frames.get(place)
    if frame is None:
        frame = stored.frames[place] = _frame(stored, place)
    if passages <= 0:
        return Hit(*frame, found.score, found.missing)
    case, section = stored.places[place]
    sections = [section] if section else case.sections
    shown, more = _passages(stored, case, sections, marks, passages)
    return Hit(*frame, found.score, found.missing, tuple(shown), more)


def _frame(stored: StoredRecord, place: str) -> Frame:
    """Return what a hit says whatever was asked."""
    record = stored.record
    case, section = stored.places[place]
    page = section.page if section else case.first_page
    return (
        permalink(record.id, case.id, section.id if section else ""),
        record.id,
        record.title,
        case.id,
        case.number,
        case.title,
        case.organisation,
        record.part_title(case),
        section.id if section else "",
        section.kind if section else "",
        section.heading if section else "",
        page,
        stored.page_labels.get(page, ""),
        _language(record, case, section),
    )


def highlights_in(query: Query, record: Publication, section: Section) -> Iterator[Highlight]:
    """Yield what the query matches in a section's heading and text, each in order."""
    language = section_language(record, section)
    for start, end in find_highlights(section.heading, query, language=language, field="heading"):
        yield Highlight("heading", start, end)
    spans = [
        span
        for strand, field in zip(strands(section), _FIELDS, strict=True)
        for found in find_highlights(strand.text, query, language=language, field=field)
        for span in strand.spans_in_section(*found)
    ]
    yield from (Highlight("text", start, end) for start, end in sorted(spans))


def _language(record: Publication, case: Case, section: Section | None) -> str:
    """Return a section's language; a case's is that of most of its sections."""
    if section:
        return section_language(record, section)
    found = [section_language(record, each) for each in case.sections]
    return max(found, key=found.count, default=record.language)


def _passages(
    stored: StoredRecord, case: Case, sections: Sequence[Section], marks: Marks, limit: int
) -> tuple[list[Passage], int]:
    """Return the best passages of some sections and how many matching sentences are not shown.

    Where only a title or a heading matched, the first sentence stands for the text.
    """
    marked: list[Passage] = []
    plain: list[Passage] = []
    more = 0
    for section in sections:
        for strand, reading in _read(stored, case, section):
            found = passages_of(reading, marks, limit)
            for passage in found.passages:
                group = marked if passage.highlights else plain
                group.append(_passage(section, strand, passage))
            more += found.more
    best = sorted(marked, key=_marked_words, reverse=True) or plain[:1]
    return best[:limit], more + max(0, len(best) - limit)


class _Read(NamedTuple):
    strand: Strand
    reading: Reading


_READINGS: Remembered[tuple[str, str, str], tuple[_Read, ...]] = Remembered(READINGS_BYTES)


def _read(stored: StoredRecord, case: Case, section: Section) -> tuple[_Read, ...]:
    """Analyse a section's texts, or remember how they were: the same sections are shown again."""
    key = (stored.digest, case.id, section.id)
    found = _READINGS.get(key)
    if found is None:
        language = section_language(stored.record, section)
        found = tuple(
            _Read(strand, Reading(strand.text, language, field))
            for strand, field in zip(strands(section), _FIELDS, strict=True)
            if strand.text
        )
        _READINGS.put(key, found, 200 + sum(each.reading.size_bytes for each in found))
    return found


def _passage(section: Section, strand: Strand, found: FoundPassage) -> Passage:
    number = strand.block_at(found.start)
    start = strand.in_section(found.start)
    block = section.blocks[number - 1]
    inside = found.start - strand.starts[strand.numbers.index(number)]
    pages = [line.page for line in block.lines if line.end > inside]
    return Passage(
        text=found.text,
        highlights=found.highlights,
        start=start,
        paragraph=number,
        page=pages[0] if pages else block.page or section.page,
    )


def _marked_words(passage: Passage) -> int:
    return len({passage.text[start:end].casefold() for start, end in passage.highlights})
