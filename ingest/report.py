"""Report: what ingest found, what it is unsure of, and what the book promises but does not hold.

In:  the segmented publication, the record made of it.
Out: a `Report`, plain data; the command line prints it, the editor answers in the manifest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.manifest import PublicationFacts
from ingest.marks import Mark
from ingest.segmentation import Segmented
from search.model import Publication

FACT_KEYS = ("title", "year", "language", "publisher", "place", "authors", "isbn")
_UNSURE = 0.35  # confidence below which a heading is doubted
_MANY_LINES = 12  # headings named in one doubt


@dataclass(frozen=True, slots=True)
class FoundHeading:
    """A heading: its level from 1, title, page of the file (from 1), evidence, confidence."""

    level: int
    title: str
    page: int
    evidence: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A section of the tree; `address` is what the manifest calls it."""

    address: str
    heading: str
    kind: str
    page: int


@dataclass(frozen=True, slots=True)
class ReportCase:
    """A case of the tree."""

    address: str
    title: str
    kind: str
    organisation: str
    part: str
    first_page: int
    last_page: int
    sections: tuple[ReportSection, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at: where, and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Undelivered:
    """An entry of the contents page that the text does not hold."""

    title: str
    page_label: str


@dataclass(frozen=True, slots=True)
class ForeignSection:
    """A section in another language than the publication's."""

    address: str
    language: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the publication by its key in the manifest, as guessed or as the editor said it."""

    key: str
    value: str
    is_guess: bool


@dataclass(frozen=True, slots=True)
class Report:
    """All that a dry run shows."""

    title: str = ""
    year: int | None = None
    language: str = ""
    cases: tuple[ReportCase, ...] = ()
    headings: tuple[FoundHeading, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    undelivered: tuple[Undelivered, ...] = ()
    unpromised: tuple[FoundHeading, ...] = ()
    running_heads: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    languages: tuple[ForeignSection, ...] = ()


def make_report(segmented: Segmented, record: Publication) -> Report:
    """Make the report of a publication."""
    return Report(
        title=record.title,
        year=record.year,
        language=record.language,
        cases=cases_of(record),
        headings=found_headings(segmented),
        doubts=tuple(_doubts(segmented, record)),
        undelivered=tuple(
            Undelivered(p.title, p.page_label) for p in segmented.promises if p.start is None
        ),
        unpromised=_unpromised(segmented),
        running_heads=segmented.running_heads,
        facts=tuple(_facts(segmented.said, record)),
        languages=tuple(_foreign(record)),
    )


def found_headings(segmented: Segmented) -> tuple[FoundHeading, ...]:
    """The headings with their level in the tree: parts above cases above sections."""
    has_parts = any(mark.role == "part" for mark in segmented.marks)
    found = []
    for mark in segmented.marks:
        at = min(mark.start, len(segmented.flow.lines) - 1)
        found.append(
            FoundHeading(
                level=_level(mark, has_parts=has_parts),
                title=mark.title,
                page=mark.page or segmented.flow.lines[at].page,
                evidence=_evidence(mark),
                confidence=_confidence(mark),
            )
        )
    return tuple(found)


def _unpromised(segmented: Segmented) -> tuple[FoundHeading, ...]:
    """Headings that the contents page leaves out, though it lists most others of their kind."""
    kinds = Counter(_kind_of(mark) for mark in segmented.marks)
    promised = Counter(_kind_of(mark) for mark in segmented.marks if _is_promised(mark))
    listed = {kind for kind, times in promised.items() if times * 2 >= kinds[kind]}
    return tuple(
        heading
        for mark, heading in zip(segmented.marks, found_headings(segmented), strict=True)
        if _kind_of(mark) in listed and not _is_promised(mark)
    )


def _kind_of(mark: Mark) -> tuple[str, int]:
    return mark.role, mark.level


def _is_promised(mark: Mark) -> bool:
    in_contents = mark.heading is not None and (mark.heading.promise or mark.heading.group)
    return bool(in_contents or mark.title_in_contents)


def _facts(said: PublicationFacts, record: Publication) -> Iterator[Fact]:
    """What the title page and the imprint tell, and what the editor said instead."""
    for key in FACT_KEYS:
        value = getattr(record, key)
        text = "; ".join(value) if isinstance(value, tuple) else str(value or "")
        yield Fact(key, text, is_guess=not getattr(said, key))


def _foreign(record: Publication) -> Iterator[ForeignSection]:
    for case in record.cases:
        for section in case.sections:
            if section.language:
                yield ForeignSection(f"{case.id}/{section.id}", section.language)


def _level(mark: Mark, *, has_parts: bool) -> int:
    below = 1 if has_parts else 0
    if mark.role == "case":
        return 1 + (below if mark.kind == "case" else 0)
    return {"part": 1, "section": 2 + below, "heading": 2 + below + mark.level}[mark.role]


def _evidence(mark: Mark) -> tuple[str, ...]:
    return mark.heading.evidence if mark.heading else ("shape",)


def _confidence(mark: Mark) -> float:
    return mark.heading.confidence if mark.heading else 0.3


def cases_of(record: Publication) -> tuple[ReportCase, ...]:
    """The cases of a record with their addresses."""
    return tuple(
        ReportCase(
            address=case.id,
            title=case.title,
            kind=case.kind,
            organisation=case.organisation,
            part=record.part_title(case),
            first_page=case.first_page,
            last_page=case.last_page,
            sections=tuple(
                ReportSection(f"{case.id}/{s.id}", s.heading, s.kind, s.page) for s in case.sections
            ),
        )
        for case in record.cases
    )


def _doubts(segmented: Segmented, record: Publication) -> list[Doubt]:
    doubts = [Doubt(mark.title, reason) for mark in segmented.marks for reason in mark.doubts]
    doubts += [
        Doubt(heading.title, f"little speaks for this heading on page {heading.page}")
        for heading in found_headings(segmented)
        if heading.confidence < _UNSURE
    ][:_MANY_LINES]
    cases = [case for case in record.cases if case.kind == "case"]
    doubts += _missing([case.title for case in cases if not case.organisation], len(cases))
    if not segmented.extraction.paged and not any(segmented.labels.values()):
        doubts.append(Doubt(record.title, "nothing in the text tells where its pages begin"))
    if not cases:
        doubts.append(Doubt(record.title, "no heading was found; the whole text is one case"))
    return doubts


def _missing(titles: Sequence[str], count: int) -> list[Doubt]:
    """Cases without an organisation are doubted only where most have one."""
    if not titles or len(titles) * 2 > count:
        return []
    return [Doubt(title, "no organisation was found for this case") for title in titles]
