"""Small publication records for tests, in words of our own.

In:  what a test wants changed.
Out: `make_publication()`, a complete record of two parts, three cases, front and back matter;
     `write_source()`, the file that its `source` speaks of.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from search.model import (
    Block,
    BlockKind,
    Case,
    LineSpan,
    PageLabel,
    Part,
    Publication,
    Section,
    Source,
)

SOURCE_TEXT = "River and Road: the file that this record was made from.\n"


def make_source(text: str = SOURCE_TEXT, name: str = "river-and-road.txt") -> Source:
    data = text.encode()
    return Source(
        name=name, media="text", sha256=hashlib.sha256(data).hexdigest(), size_bytes=len(data)
    )


def write_source(folder: Path, text: str = SOURCE_TEXT, name: str = "river-and-road.txt") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def make_block(text: str, *, kind: BlockKind = "paragraph", page: int = 1) -> Block:
    return Block(kind=kind, text=text, lines=(LineSpan(0, len(text), page, 0),))


def make_section(
    kind: str, *texts: str | Block, heading: str = "", page: int = 1, language: str = ""
) -> Section:
    blocks = tuple(
        item if isinstance(item, Block) else make_block(item, page=page) for item in texts
    )
    last = max((block.page for block in blocks), default=page)
    return Section(
        id=kind,
        kind=kind,
        heading=heading,
        page=page,
        last_page=last,
        blocks=blocks,
        language=language,
    )


def make_case(
    case: str, title: str, *sections: Section, number: int = 1, part: str = "", by: str = ""
) -> Case:
    pages = [section.page for section in sections]
    return Case(
        id=case,
        kind="case",
        title=title,
        first_page=min(pages),
        last_page=max(section.last_page for section in sections),
        sections=sections,
        number=number,
        organisation=by,
        part=part,
    )


def make_publication(
    publication: str = "river-and-road",
    *,
    title: str = "River and Road",
    year: int | None = 2019,
    language: str = "en",
    cases: tuple[Case, ...] | None = None,
    source: Source | None = None,
) -> Publication:
    return Publication(
        id=publication,
        title=title,
        source=source or make_source(),
        cases=_cases() if cases is None else cases,
        parts=(Part("north", "North Valley", 2), Part("south", "South Hills", 4)),
        pages=tuple(PageLabel(number, str(number) if number > 1 else "") for number in range(1, 7)),
        year=year,
        language=language,
        publisher="Alder Press",
        rights_download=True,
        extractor="written by hand 1",
    )


def _cases() -> tuple[Case, ...]:
    preface = Case(
        id="preface",
        kind="front",
        title="Preface",
        first_page=1,
        last_page=1,
        sections=(make_section("lead", "This reader gathers three stories of shared work."),),
    )
    closing = Case(
        id="recommendations",
        kind="back",
        title="Recommendations",
        first_page=6,
        last_page=6,
        sections=(make_section("lead", "Begin small. Write every promise down.", page=6),),
    )
    return (preface, _bridge(), _pump(), _school(), closing)


def _bridge() -> Case:
    return make_case(
        "a-bridge-over-the-alder",
        "A Bridge over the Alder",
        make_section("summary", "Carpenters and the council rebuilt a foot bridge.", page=2),
        make_section(
            "activity",
            make_block("The council lent a crane. Every household gave two days of", page=2),
            make_block("Carpenters at the north bank", kind="caption", page=2),
            make_block("labour until the bridge stood. Children cross it to school now.", page=3),
            heading="Activity",
            page=2,
        ),
        make_section("contact", "Telephone 555 0142, post box 7.", heading="Contact", page=3),
        part="north",
        by="Alder Carpenters",
    )


def _pump() -> Case:
    return make_case(
        "clean-water-for-two-villages",
        "Clean Water for Two Villages",
        make_section("summary", "A water committee repaired the pump.", page=4),
        make_section(
            "activity",
            make_block("The committee met the council weekly.", page=4),
            make_block("buy a motor for the pump", kind="item", page=4),
            make_block("train two women as mechanics", kind="item", page=4),
            make_block("Clean drinking water reached every house by autumn.", page=4),
            heading="Activity",
            page=4,
        ),
        number=2,
        part="south",
        by="Hill Water Committee",
    )


def _school() -> Case:
    return make_case(
        "an-evening-school",
        "An Evening School",
        make_section("summary", "Teachers opened an evening school for herders.", page=5),
        make_section(
            "background",
            "Летом школа закрыта. Учителя и совет открыли вечерние курсы.",
            heading="Background",
            page=5,
            language="ru",
        ),
        number=3,
        part="south",
        by="Teachers’ Circle",
    )
