"""Sections that never were a PDF: a file of JSON lines → publication records.

In:  a file with one JSON object a line (`jsonl_lines` has the keys), read once.
Out: `Imported`: publications in the order of the file, each with its lines as a file of its own,
     from which its record is made when it is asked for: a file may be larger than memory; notices
     about facts that contradict one another.
Errors: InputError naming the line and the key. No library is touched here.

Lines may come in any order: cases stand in the order of their first line. A fact of a publication
or a case (titles, organisation, part, year) is taken from the first line that gives it. Ids that
are slugs are kept, others become slugs. Blank lines part the paragraphs of a text; where there is
none, every line is a paragraph.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from msgspec.structs import replace

from ingest.anchors import keep_anchors
from ingest.file_names import readable_name
from ingest.jsonl_lines import NumberedLine, SectionLine, read_lines
from ingest.usual_names import UsualNames, usual_names
from search.errors import InputError
from search.model import (
    Block,
    Case,
    CaseKind,
    PageLabel,
    Part,
    Publication,
    Retired,
    Section,
    Source,
)
from search.permalinks import PAGE, addresses
from search.slugs import is_slug, slugify

EXTRACTOR = "casebook-jsonl 1"

_PARAGRAPH_BREAK = re.compile(r"\n(?:[^\S\n]*\n)+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]+")
_REPORT_EVERY = 500
_BUFFER_BYTES = 16_000_000
_NOTICES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ImportedPublication:
    """A publication's id, and the file with the lines that its record is made from."""

    id: str
    source: Path
    given: str
    draft: _Draft
    file: str

    def record(self) -> Publication:
        """Make the record; it is not kept."""
        return _record(self.id, self.given, self.draft, self.file)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file holds; `notices` say what was not taken as it stood."""

    publications: tuple[ImportedPublication, ...]
    notices: tuple[str, ...]


@dataclass(slots=True)
class _Facts:
    """What is said once about a publication or case, and the line that said it."""

    values: dict[str, tuple[str | int, int]] = field(default_factory=dict)

    def take(self, line: NumberedLine, names: Iterable[str]) -> Iterator[str]:
        """Keep what this line is the first to say; yield what contradicts an earlier line."""
        for name in names:
            value = getattr(line.section, name)
            if value is None or value == "":
                continue
            kept, where = self.values.setdefault(name, (value, line.number))
            if kept != value:
                yield f"line {line.number}: “{name}” is not that of line {where}, which was kept"

    def text(self, name: str, default: str = "") -> str:
        """Return a fact on one line."""
        return " ".join(str(self.values.get(name, (default, 0))[0]).split())


@dataclass(slots=True)
class _CaseDraft:
    facts: _Facts = field(default_factory=_Facts)
    lines: dict[str, int] = field(default_factory=dict)  # of sections, by the id as given


@dataclass(slots=True)
class _Draft:
    """A publication in the making, without its texts; its lines go to a file of their own."""

    source: Path
    facts: _Facts = field(default_factory=_Facts)
    cases: dict[str, _CaseDraft] = field(default_factory=dict)  # by the id as given
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    labels: dict[int, str] = field(default_factory=dict)  # what is printed on its pages
    language: str = ""
    size: int = 0
    waiting: list[bytes] = field(default_factory=list)

    def keep(self, raw: bytes) -> None:
        """Add a line to the source."""
        raw = raw.rstrip(b"\r\n") + b"\n"
        self.digest.update(raw)
        self.size += len(raw)
        self.waiting.append(raw)

    def flush(self) -> None:
        """Write the waiting lines to the source."""
        with self.source.open("ab") as file:
            file.writelines(self.waiting)
        self.waiting.clear()


def read_sections(
    path: Path, scratch: Path, *, progress: Callable[[int, int], None] | None = None
) -> Imported:
    """Read a file of sections; `scratch` is an empty folder for the sources of the records.

    `progress` is told how many bytes of how many have been read, now and then.
    """
    drafts: dict[str, _Draft] = {}
    notices: list[str] = []
    waiting = 0
    for line in read_lines(path):
        given = line.section.publication
        if given not in drafts:
            drafts[given] = _Draft(scratch / f"{len(drafts) + 1}.jsonl")
        notices += _add(drafts[given], line, path.name)
        waiting += len(line.raw)
        if waiting > _BUFFER_BYTES:
            waiting = _flush(drafts.values())
        if progress and line.number % _REPORT_EVERY == 0:
            progress(line.end, path.stat().st_size)
    _flush(drafts.values())
    if not drafts:
        raise InputError("there is nothing but empty lines", where=path.name)
    ids, name = _ids(drafts, ()), readable_name(path)
    publications = tuple(
        ImportedPublication(ids[given], draft.source, given, draft, name)
        for given, draft in drafts.items()
    )
    return Imported(publications, tuple(_shortened(notices)))


def next_edition(former: Publication, record: Publication) -> Publication:
    """Return the record of the next edition: addresses that go away stay known.

    Whoever imports gives the ids, so the same id is the same thing.
    """
    here = set(addresses(record))
    known = [entry for entry in former.retired if entry.address not in here]
    named = {entry.address for entry in known} | here
    gone = [
        Retired(
            address=address,
            successor=case if (case := address.partition("/")[0]) in here else "",
            note="It is not in the text that took its place.",
        )
        for address in addresses(former)
        if address not in named
    ]
    is_other = former.source.sha256 != record.source.sha256
    record = replace(record, retired=(*known, *gone), edition=former.edition + is_other)
    return keep_anchors(record, former)


def _add(draft: _Draft, line: NumberedLine, file: str) -> list[str]:
    """Add a line to its publication; return what contradicts an earlier line."""
    given = line.section
    draft.keep(line.raw)
    case = draft.cases.setdefault(given.case, _CaseDraft())
    if given.section in case.lines:
        raise InputError(
            f"the key “section” is “{given.section}”, as in line {case.lines[given.section]} "
            "for the same case",
            where=f"{file}, line {line.number}",
            fix="Give every section of a case an id of its own",
        )
    case.lines[given.section] = line.number
    if given.page and given.page_label:
        draft.labels.setdefault(given.page, " ".join(given.page_label.split()))
    # The first language is the publication's; a section in another one says so itself.
    draft.language = draft.language or _language(given.language)
    return [
        *draft.facts.take(line, ("publication_title", "year", "translation_of")),
        *case.facts.take(line, ("case_title", "case_kind", "organisation", "part")),
    ]


def _section(line: SectionLine, names: UsualNames) -> Section:
    heading = " ".join((line.heading or "").split())
    return Section(
        id=line.section,
        kind=line.section_kind or names.kind(heading) or "section",
        heading=heading,
        page=line.page or 0,
        last_page=line.page or 0,
        blocks=tuple(Block(kind="paragraph", text=text) for text in _paragraphs(line.text)),
        language=_language(line.language),
    )


def _paragraphs(text: str) -> Iterator[str]:
    clean = _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    pieces = _PARAGRAPH_BREAK.split(clean)
    if len(pieces) == 1:
        pieces = clean.split("\n")
    return (joined for piece in pieces if (joined := " ".join(piece.split())))


def _language(given: str | None) -> str:
    return (given or "").strip().casefold()


def _record(publication: str, given: str, draft: _Draft, file: str) -> Publication:
    parts = _parts(draft.cases.values())
    ids = _ids(draft.cases, (PAGE,))
    sections = _sections(draft.source)
    year = draft.facts.values.get("year")
    original = draft.facts.text("translation_of")
    return Publication(
        id=publication,
        title=draft.facts.text("publication_title", given),
        source=Source(file, "jsonl", draft.digest.hexdigest(), draft.size),
        cases=tuple(
            _numbered(
                _case(ids[name], name, case, sections[name], parts)
                for name, case in draft.cases.items()
            )
        ),
        pages=tuple(PageLabel(number, draft.labels[number]) for number in sorted(draft.labels)),
        parts=tuple(parts.values()),
        year=int(year[0]) if year else None,
        language=draft.language,
        extractor=EXTRACTOR,
        translation_of=original if not original or is_slug(original) else slugify(original),
    )


def _sections(source: Path) -> dict[str, dict[str, Section]]:
    """Read the sections of a publication: case → section, by their ids as given."""
    names, found = usual_names(), dict[str, dict[str, Section]]()
    for line in read_lines(source):
        section = line.section
        found.setdefault(section.case, {})[section.section] = _section(section, names)
    return found


def _numbered(cases: Iterable[Case]) -> Iterator[Case]:
    """Number the cases; front and back matter have no number."""
    number = 0
    for case in cases:
        number += case.kind == "case"
        yield replace(case, number=number) if case.kind == "case" else case


def _parts(cases: Iterable[_CaseDraft]) -> dict[str, Part]:
    """Return the parts by their title as given, which stays what it is: a facet's value."""
    titles = list(dict.fromkeys(title for case in cases if (title := _part(case))))
    ids = _ids(titles, ())
    return {title: Part(id=ids[title], title=title) for title in titles}


def _part(case: _CaseDraft) -> str:
    return str(case.facts.values.get("part", ("", 0))[0])


def _case(
    case: str,
    given: str,
    draft: _CaseDraft,
    sections: dict[str, Section],
    parts: dict[str, Part],
) -> Case:
    ids = _ids(sections, ())
    pages = [section.page for section in sections.values() if section.page]
    title = _part(draft)
    return Case(
        id=case,
        kind=cast("CaseKind", draft.facts.text("case_kind", "case")),
        title=draft.facts.text("case_title", given),
        first_page=min(pages, default=0),
        last_page=max(pages, default=0),
        sections=tuple(_named(section, ids[name]) for name, section in sections.items()),
        organisation=draft.facts.text("organisation"),
        part=parts[title].id if title else "",
    )


def _named(section: Section, name: str) -> Section:
    return section if section.id == name else replace(section, id=name)


def _ids(given: Collection[str], reserved: Collection[str]) -> dict[str, str]:
    """Map ids as given to slugs: those that are slugs stay, the others make way for them."""
    ids = {name: name for name in given if is_slug(name) and name not in reserved}
    taken = set(ids)
    for name in given:
        if name not in ids:
            ids[name] = slugify(name, taken=taken, reserved=reserved)
            taken.add(ids[name])
    return ids


def _flush(drafts: Iterable[_Draft]) -> int:
    """Write the waiting lines of all sources; return how many bytes wait now."""
    for draft in drafts:
        if draft.waiting:
            draft.flush()
    return 0


def _shortened(notices: list[str]) -> Iterator[str]:
    yield from notices[:_NOTICES_SHOWN]
    if (hidden := len(notices) - _NOTICES_SHOWN) > 0:
        yield f"… and {hidden} more of this kind"
