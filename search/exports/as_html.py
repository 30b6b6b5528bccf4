"""A publication as one HTML file that needs nothing else: contents, text, pages, a plain sheet.

In:  a record.
Out: UTF-8. Ids are the addresses within the publication (`case`, `case/section`,
     `case/section/p3`), so that links into the file last as those of the site do.

`case_body` makes what a case is in XHTML as well: `as_epub` puts it in a book.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from search.exports.order import PageNames, case_title, facts, page_names, placed_cases
from search.model import Block, Case, Publication, Section

SHEET = """body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.55;
  font-family: Georgia, serif; color: #1c1a18; background: #fffdf8; }
h1, h2, h3, h4, h5 { line-height: 1.2; }
.about, .page, figcaption { color: #625b52; font-size: .9em; }
.page { font-weight: normal; }
pre { white-space: pre-wrap; font-family: inherit; }
nav ol { list-style: none; padding-left: 1rem; }
@media print { nav { display: none; } }"""

_TAGS = {"heading": "h5", "caption": "figcaption", "table": "pre"}
# What XML 1.0 cannot hold, escaped or not.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_html(record: Publication) -> bytes:
    """Return a publication as one page."""
    return "\n".join(_lines(record)).encode() + b"\n"


def text_of(text: str) -> str:
    """Return a text as markup shows it."""
    return escape(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", text))


def case_body(case: Case, pages: PageNames) -> Iterator[str]:
    """Yield a case: its title, what is known of it, its sections."""
    yield f'<article id="{case.id}">'
    yield f"<h2>{text_of(case_title(case))}</h2>"
    about = [x for x in (case.organisation, pages(case.first_page)) if x]
    if about:
        yield f'<p class="about">{text_of(" · ".join(about))}</p>'
    for section in case.sections:
        yield from _section(case, section, pages)
    yield "</article>"


def language_attributes(language: str) -> str:
    """Return ` lang="…"`, or nothing where the language is not known."""
    return f' lang="{text_of(language)}"' if language else ""


def fact_list(record: Publication) -> Iterator[str]:
    """Yield what is known of a publication, one paragraph each."""
    if record.subtitle:
        yield f"<p>{text_of(record.subtitle)}</p>"
    for name, value in facts(record):
        if value:
            yield f'<p class="about">{name}: {text_of(value)}</p>'


def _lines(record: Publication) -> Iterator[str]:
    yield f"<!doctype html>\n<html{language_attributes(record.language)}>"
    yield '<head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{text_of(record.title)}</title>\n<style>{SHEET}</style></head>\n<body>"
    yield f"<h1>{text_of(record.title)}</h1>"
    yield from fact_list(record)
    yield "<nav><ol>"
    for case, _ in placed_cases(record):
        yield f'<li><a href="#{case.id}">{text_of(case_title(case))}</a></li>'
    yield "</ol></nav>"
    pages = page_names(record)
    for case, part in placed_cases(record):
        if part:
            yield f'<h2 class="part">{text_of(part)}</h2>'
        yield from case_body(case, pages)
    yield "</body>\n</html>"


def _section(case: Case, section: Section, pages: PageNames) -> Iterator[str]:
    address = f"{case.id}/{section.id}"
    yield f'<section id="{address}"{language_attributes(section.language)}>'
    if section.heading:
        page = pages(section.page)
        shown = f' <span class="page">{text_of(page)}</span>' if page else ""
        yield f"<h3>{text_of(section.heading)}{shown}</h3>"
    for number, block in zip(section.anchors, section.blocks, strict=True):
        yield _block(block, f"{address}/p{number}")
    yield "</section>"


def _block(block: Block, address: str) -> str:
    tag = _TAGS.get(block.kind, "p")
    return f'<{tag} id="{address}">{text_of(block.text)}</{tag}>'
