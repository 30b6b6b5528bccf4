"""Record: the tree and the editor's facts → the publication as it is stored.

In:  the draft tree, the flow, facts guessed and given, page labels, the source.
Out: a `Publication`; ids are slugs of titles and kinds (identity.py may keep older ones).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from ingest.addresses import RESERVED, Kinds, unnumbered
from ingest.blocks import Typesetting, line_spans, make_blocks
from ingest.language import own_language
from ingest.manifest import PublicationFacts
from ingest.marks import Mark
from ingest.metadata import Facts
from ingest.tree import Draft, DraftCase, DraftSection
from ingest.usual_names import labelled_value
from search.model import (
    Case,
    Extraction,
    PageLabel,
    Part,
    Publication,
    Section,
    Source,
)
from search.slugs import slugify

_NEXT_LABEL = re.compile(r"\s+[^\W\d_]{2,20}\.?:")  # "… Head: …" on the same line


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record comes from."""

    source: Source
    extraction: Extraction
    labels: Mapping[int, str]
    extractor: str


def make_record(
    draft: Draft,
    setting: Typesetting,
    kinds: Kinds,
    facts: Facts,
    given: PublicationFacts,
    origin: Origin,
) -> Publication:
    """Make the record of a publication."""
    parts = _parts(draft, setting)
    language = given.language or facts.language
    title = given.title or facts.title or origin.source.name
    year = given.year or facts.year
    publisher = given.publisher or facts.publisher
    return Publication(
        id=given.id or publication_id(title, year),
        title=title,
        source=origin.source,
        cases=_cases(draft, parts, setting, kinds, language),
        parts=parts,
        pages=tuple(
            PageLabel(page.number, origin.labels.get(page.number, ""))
            for page in origin.extraction.pages
        ),
        year=year,
        language=language,
        subtitle=given.subtitle,
        publisher=publisher,
        place=given.place or ("" if facts.place == publisher else facts.place),
        authors=given.authors or facts.authors,
        isbn=given.isbn or facts.isbn,
        rights=given.rights,
        rights_download=given.rights_download,
        extractor=origin.extractor,
        notes=tuple(f"Page {p.number}: {p.reason}" for p in origin.extraction.lost_pages),
    )


def publication_id(title: str, year: int | None) -> str:
    """The slug of title and year; the year always fits."""
    end = f"-{year}" if year else ""
    return slugify(title, max_length=60 - len(end)) + end


def _parts(draft: Draft, setting: Typesetting) -> tuple[Part, ...]:
    """The parts that are named in the text or by the editor, each once, in the order of cases."""
    pages = {mark.title: _page_of(setting, mark) for mark in reversed(draft.parts)}
    titles = dict.fromkeys([case.part for case in draft.cases if case.part])
    taken: list[str] = []
    for title in titles:
        taken.append(slugify(title, taken=taken))
    return tuple(
        Part(slug, title, pages.get(title, 0)) for slug, title in zip(taken, titles, strict=True)
    )


def _cases(
    draft: Draft, parts: Sequence[Part], setting: Typesetting, kinds: Kinds, language: str
) -> tuple[Case, ...]:
    ids = {part.title: part.id for part in parts}
    taken: list[str] = []
    cases = []
    number = 0
    for drafted in draft.cases:
        taken.append(slugify(unnumbered(drafted.mark.title), taken=taken, reserved=RESERVED))
        is_case = drafted.mark.kind == "case"
        number += is_case
        part = ids.get(drafted.part, "")
        place = Case(
            id=taken[-1],
            kind=drafted.mark.kind,
            title=drafted.mark.title,
            first_page=0,
            last_page=0,
            sections=_sections(drafted, setting, kinds, language),
            number=number if is_case else None,
            part=part,
        )
        cases.append(_with_header(place, drafted.mark, setting))
    return tuple(cases)


def _with_header(case: Case, mark: Mark, setting: Typesetting) -> Case:
    """The case with what its header and its sections tell: organisation, pages, title lines."""
    pages = [section.page for section in case.sections]
    first = mark.page or _page_of(setting, mark) or min(pages, default=0)
    return msgspec.structs.replace(
        case,
        first_page=first,
        last_page=max([first, *(section.last_page for section in case.sections)]),
        organisation=mark.organisation or _organisation_in(case.sections, mark),
        title_in_contents=mark.title_in_contents,
        title_lines=line_spans(setting.flow, mark.title_lines),
    )


def _sections(
    drafted: DraftCase, setting: Typesetting, kinds: Kinds, language: str
) -> tuple[Section, ...]:
    taken: list[str] = []
    sections = []
    for draft in drafted.sections:
        wanted = kinds.slug(draft.mark) if draft.mark else draft.kind
        taken.append(slugify(wanted, taken=taken))
        section = _section(draft, taken[-1], setting, language)
        said = (draft.mark.language if draft.mark else "") or drafted.mark.language
        if said:
            own = "" if said == language else said
            section = msgspec.structs.replace(section, language=own)
        sections.append(section)
    return tuple(sections)


def _section(draft: DraftSection, section_id: str, setting: Typesetting, language: str) -> Section:
    blocks = make_blocks(setting, draft.lines, draft.subheadings)
    mark = draft.mark
    lines = line_spans(setting.flow, range(mark.start, mark.end)) if mark else ()
    pages = [span.page for block in blocks for span in block.lines]
    first = (mark.page or _page_of(setting, mark)) if mark else min(pages, default=0)
    return Section(
        id=section_id,
        kind=draft.kind,
        heading=draft.heading,
        page=first,
        last_page=max([first, *pages]),
        blocks=blocks,
        language=own_language("\n".join(block.text for block in blocks), language),
        heading_lines=lines,
    )


def _page_of(setting: Typesetting, mark: Mark) -> int:
    lines = setting.flow.lines
    return lines[mark.start].page if mark.start < len(lines) else 0


def _organisation_in(sections: Sequence[Section], mark: Mark) -> str:
    """The organisation that a block of contact data names, for cases."""
    if mark.kind != "case":
        return ""
    texts = (block.text for section in sections for block in section.blocks)
    named = next((value for text in texts if (value := labelled_value("organisation", text))), "")
    return _NEXT_LABEL.split(named)[0]
