"""A publication as Markdown (CommonMark): headings, paragraphs, lists, pages.

In:  a record.
Out: UTF-8. Every case and section has an anchor of its address in the publication.

Signs that Markdown would read as its own are escaped, so that a text stays what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.exports.order import PageNames, facts, page_names, placed_cases
from search.model import Block, Case, Publication, Section

_SIGNS = re.compile(r"([\\`*_\[\]<>&|~$])")
_LINE_SIGNS = re.compile(r"^(\s*)([#+=>-]|\d+[.)])(?=\s|$)", re.MULTILINE)
_BULLET = re.compile(r"^\s*(?:[•▪◦‣*–—-]|\d+[.)])\s+")
_DEEPEST = 6


def as_markdown(record: Publication) -> bytes:
    """Return a publication as Markdown."""
    return ("\n\n".join(_paragraphs(record)) + "\n").encode()


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    plain = _SIGNS.sub(r"\\\1", text)
    return _LINE_SIGNS.sub(lambda found: f"{found[1]}{_kept(found[2])}", plain)


def _kept(sign: str) -> str:
    return f"\\{sign}" if len(sign) == 1 and not sign.isdigit() else f"{sign[:-1]}\\{sign[-1]}"


def _paragraphs(record: Publication) -> Iterator[str]:
    yield f"# {escaped(record.title)}"
    if record.subtitle:
        yield escaped(record.subtitle)
    if known := [f"- {name}: {escaped(value)}" for name, value in facts(record) if value]:
        yield "\n".join(known)
    pages = page_names(record)
    for case, part in placed_cases(record):
        if part:
            yield f"## {escaped(part)}"
        yield from _case(case, pages)


def _case(case: Case, pages: PageNames) -> Iterator[str]:
    yield f'<a id="{case.id}"></a>\n\n### {_titled(case)}'
    about = [x for x in (case.organisation, pages(case.first_page)) if x]
    if about:
        yield f"*{escaped(', '.join(about))}*"
    for section in case.sections:
        yield from _section(case, section, pages)


def _titled(case: Case) -> str:
    number = f"{case.number}. " if case.number else ""
    return number + escaped(case.title)


def _section(case: Case, section: Section, pages: PageNames) -> Iterator[str]:
    yield f'<a id="{case.id}/{section.id}"></a>'
    if section.heading:
        page = pages(section.page)
        yield f"#### {escaped(section.heading)}" + (f" ({page})" if page else "")
    yield from map(_block, section.blocks)


def _block(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"{'#' * min(4 + max(block.level, 1), _DEEPEST)} {escaped(block.text)}"
        case "item":
            return f"- {escaped(_BULLET.sub('', block.text))}"
        case "caption":
            return f"*{escaped(block.text)}*"
        case "table":
            return "\n".join(f"    {line}" for line in block.text.split("\n"))
        case _:
            return escaped(block.text)
