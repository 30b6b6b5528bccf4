"""Context lines: the text around an occurrence, and where a reader finds it.

In:  occurrences by document, field and word; the records that they were indexed from.
Out: `ConcordanceLine`s and the places of phrases; texts have single blanks where the record has
     white space of any kind.
Errors: LibraryError where the index speaks of what the records do not have.

This is the one place where the text of an occurrence is read, and what its case is called.
"""

from __future__ import annotations

import re
from array import array
from typing import NamedTuple

from search.analysis import analyze
from search.answers import Source
from search.documents import Strand, section_language, strands
from search.errors import LibraryError
from search.group_results import PhrasePlace
from search.library import StoredRecord
from search.model import Case, Section
from search.occurrences import CaseCount, Occurrence
from search.permalinks import permalink
from search.phrase_results import CaseTally, ConcordanceLine
from search.remembered import Remembered

MOST_WIDTH = 400

_BLANKS = re.compile(r"\s+")
_ROOM = 8_000_000  # bytes of texts whose words' places are remembered


class FieldText(NamedTuple):
    """A field's text and the places of its words; `strand` places it in its section."""

    text: str
    starts: array[int]
    ends: array[int]
    strand: Strand | None


class Place(NamedTuple):
    """Where an occurrence stands: the record's, in a field's text, on a page."""

    stored: StoredRecord
    case: Case
    section: Section
    field: FieldText
    start: int
    end: int
    paragraph: int
    page: int


_TEXTS: Remembered[tuple[str, str, str], FieldText] = Remembered(_ROOM)


def line_of(found: Occurrence, source: Source, width: int) -> ConcordanceLine:
    """Return an occurrence with about `width` characters of context to each side."""
    place = place_of(found, source)
    record, text = place.stored.record, place.field.text
    return ConcordanceLine(
        url=_url(place, found.field),
        publication=record.id,
        publication_title=record.title,
        case=place.case.id,
        case_number=place.case.number,
        case_title=place.case.title,
        organisation=place.case.organisation,
        part=record.part_title(place.case),
        section=place.section.id,
        section_kind=place.section.kind,
        heading=place.section.heading,
        field=found.field,
        left=_left(text, place.start, width),
        keyword=_BLANKS.sub(" ", text[place.start : place.end]),
        right=_right(text, place.end, width),
        paragraph=place.paragraph,
        page=place.page,
        page_label=place.stored.page_labels.get(place.page, ""),
        language=section_language(record, place.section),
    )


def text_of(found: Occurrence, source: Source) -> tuple[str, str]:
    """Return the words of an occurrence as printed, and their language."""
    place = place_of(found, source)
    text = _BLANKS.sub(" ", place.field.text[place.start : place.end])
    return text, section_language(place.stored.record, place.section)


def phrase_place(found: Occurrence, source: Source) -> PhrasePlace:
    """Return where an occurrence stands."""
    place = place_of(found, source)
    record = place.stored.record
    return PhrasePlace(
        url=_url(place, found.field),
        publication=record.id,
        publication_title=record.title,
        case=place.case.id,
        case_title=place.case.title,
        section=place.section.id,
        heading=place.section.heading,
        field=found.field,
        page=place.page,
        page_label=place.stored.page_labels.get(place.page, ""),
    )


def case_tally(found: CaseCount, source: Source) -> CaseTally:
    """Return a case's count with what the case is called."""
    stored, case, _ = _record_of(found.case, source)
    record = stored.record
    return CaseTally(
        url=permalink(record.id, case.id),
        publication=record.id,
        publication_title=record.title,
        year=record.year,
        part=record.part_title(case),
        case=case.id,
        case_number=case.number,
        case_title=case.title,
        organisation=case.organisation,
        count=found.count,
        words=found.words,
        per_10000=per_10000(found.count, found.words),
    )


def publication_title(publication: str, source: Source) -> str:
    """Return what a publication is called."""
    return source.record(publication).record.title


def case_title(case: str, source: Source) -> str:
    """Return what a case, `publication/case`, is called."""
    return _record_of(case, source)[1].title


def per_10000(count: int, words: int) -> float:
    """Return how many of something there are in 10,000 words."""
    return round(count * 10_000 / words, 2) if words else 0.0


def place_of(found: Occurrence, source: Source) -> Place:
    """Return where an occurrence stands in the records."""
    stored, case, section = _record_of(found.document, source)
    if section is None:
        raise _missing(found.document)
    field = _field_text(stored, case, section, found.field)
    if found.last >= len(field.starts):
        raise _missing(found.document)
    start, end = field.starts[found.first], field.ends[found.last]
    paragraph, page = _paragraph(case, section, found.field, field.strand, start)
    return Place(stored, case, section, field, start, end, paragraph, page)


def _record_of(document: str, source: Source) -> tuple[StoredRecord, Case, Section | None]:
    publication, _, address = document.partition("/")
    stored = source.record(publication)
    if address not in stored.places:
        raise _missing(document)
    return stored, *stored.places[address]


def _missing(document: str) -> LibraryError:
    return LibraryError(
        f"the index has what the record of “{document}” has not",
        fix="casebook reindex makes the index anew",
    )


def _field_text(stored: StoredRecord, case: Case, section: Section, name: str) -> FieldText:
    key = (stored.digest, f"{case.id}/{section.id}", name)
    found = _TEXTS.get(key)
    if found is None:
        text, strand = _text(case, section, name)
        spans: dict[int, tuple[int, int]] = {}
        for token in analyze(text, section_language(stored.record, section)):
            spans.setdefault(token.position, (token.start, token.end))
        starts = array("I", [start for start, _ in spans.values()])
        found = FieldText(text, starts, array("I", [end for _, end in spans.values()]), strand)
        _TEXTS.put(key, found, 500 + 2 * len(text) + 8 * len(starts))
    return found


def _text(case: Case, section: Section, name: str) -> tuple[str, Strand | None]:
    match name:
        case "title":
            return case.title, None
        case "organisation":
            return case.organisation, None
        case "heading":
            return section.heading, None
        case _:
            body, captions = strands(section)
            strand = captions if name == "caption" else body
            return strand.text, strand


def _paragraph(
    case: Case, section: Section, name: str, strand: Strand | None, start: int
) -> tuple[int, int]:
    """Return the number of the paragraph that a character stands in, and its page."""
    if strand is None:
        return 0, section.page if name == "heading" else case.first_page
    number = strand.block_at(start)
    block = section.blocks[number - 1]
    inside = start - strand.starts[strand.numbers.index(number)]
    pages = [line.page for line in block.lines if line.end > inside]
    return number, pages[0] if pages else block.page or section.page


def _url(place: Place, field: str) -> str:
    of_case = field in {"title", "organisation"}
    section = "" if of_case else place.section.id
    return permalink(place.stored.record.id, place.case.id, section, place.paragraph)


def _left(text: str, start: int, width: int) -> str:
    """Return the end of what stands before, from the beginning of a word on."""
    found = _BLANKS.sub(" ", text[max(0, start - 4 * width) : start])
    if len(found) <= width:
        return found.lstrip()
    cut = found[len(found) - width :]
    is_whole = found[-width - 1] == " " or cut.startswith(" ")
    return (cut if is_whole else cut.partition(" ")[2] or cut).lstrip() if width else ""


def _right(text: str, end: int, width: int) -> str:
    """Return the beginning of what stands behind, up to the end of a word."""
    found = _BLANKS.sub(" ", text[end : end + 4 * width])
    if len(found) <= width:
        return found.rstrip()
    cut = found[:width]
    return (cut if found[width] == " " else cut.rpartition(" ")[0] or cut).rstrip()
