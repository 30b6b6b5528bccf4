"""A publication as an e-book: EPUB 3.3, a file a case, with a table of contents.

In:  a record; when the book is made.
Out: the bytes of the .epub; the same for the same record and time.
Source: W3C, “EPUB 3.3”, 2025.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from search.exports.as_html import SHEET, case_body, fact_list, language_attributes, text_of
from search.exports.order import case_title, page_names, placed_cases
from search.model import Publication

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""
_FIRST_YEAR = 1980  # that a zip file can tell


def as_epub(record: Publication, made: datetime) -> bytes:
    """Return a publication as an e-book."""
    made = made.astimezone(UTC)
    pages = page_names(record)
    files = {
        "META-INF/container.xml": _CONTAINER,
        "book/package.opf": _package(record, made),
        "book/nav.xhtml": _contents(record),
        "book/sheet.css": SHEET,
        "book/title.xhtml": _page(record, record.title, list(_title_body(record))),
        **{
            f"book/{_file(number)}": _page(record, case.title, list(case_body(case, pages)))
            for number, case in enumerate(record.cases, 1)
        },
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        # The type comes first and uncompressed, so that it stands at a fixed place in the file.
        book.writestr(_entry("mimetype", made), "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in files.items():
            book.writestr(_entry(name, made), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _entry(name: str, made: datetime) -> zipfile.ZipInfo:
    when = made if made.year >= _FIRST_YEAR else datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC)
    return zipfile.ZipInfo(name, when.timetuple()[:6])


def _file(number: int) -> str:
    return f"case-{number}.xhtml"


def _page(record: Publication, title: str, body: Sequence[str]) -> str:
    language = record.language
    xml_language = f' xml:lang="{text_of(language)}"' if language else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f"{language_attributes(language)}{xml_language}>\n"
        f'<head><meta charset="utf-8"/><title>{text_of(title)}</title>'
        '<link rel="stylesheet" href="sheet.css"/></head>\n<body>\n'
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def _title_body(record: Publication) -> Iterator[str]:
    yield f"<h1>{text_of(record.title)}</h1>"
    yield from fact_list(record)


def _contents(record: Publication) -> str:
    lines = ['<nav epub:type="toc"><h1>Contents</h1><ol>']
    is_open = False
    for number, (case, part) in enumerate(placed_cases(record), 1):
        entry = f'<li><a href="{_file(number)}">{text_of(case_title(case))}</a></li>'
        if is_open and (part or not record.part_title(case)):
            lines.append("</ol></li>")
            is_open = False
        if part:
            lines.append(f"<li><span>{text_of(part)}</span><ol>")
            is_open = True
        lines.append(entry)
    return _page(record, "Contents", [*lines, "</ol></li>" if is_open else "", "</ol></nav>"])


def _package(record: Publication, made: datetime) -> str:
    files = [_file(number) for number in range(1, len(record.cases) + 1)]
    manifest = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="sheet" href="sheet.css" media-type="text/css"/>',
        *(
            f'<item id="{name.partition(".")[0]}" href="{name}" '
            'media-type="application/xhtml+xml"/>'
            for name in ("title.xhtml", *files)
        ),
    ]
    spine = [f'<itemref idref="{name.partition(".")[0]}"/>' for name in ("title.xhtml", *files)]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">',
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
            *_metadata(record, made),
            "</metadata>",
            f"<manifest>{''.join(manifest)}</manifest>",
            f"<spine>{''.join(spine)}</spine>",
            "</package>\n",
        ]
    )


def _metadata(record: Publication, made: datetime) -> Iterator[str]:
    yield f'<dc:identifier id="id">urn:casebook:{record.id}:{record.edition}</dc:identifier>'
    yield f"<dc:title>{text_of(record.title)}</dc:title>"
    yield f"<dc:language>{text_of(record.language) or 'und'}</dc:language>"
    yield f'<meta property="dcterms:modified">{made:%Y-%m-%dT%H:%M:%SZ}</meta>'
    for author in record.authors:
        yield f"<dc:creator>{text_of(author)}</dc:creator>"
    if record.publisher:
        yield f"<dc:publisher>{text_of(record.publisher)}</dc:publisher>"
    if record.year:
        yield f"<dc:date>{record.year:04}</dc:date>"
    if record.isbn:
        yield f"<dc:source>urn:isbn:{text_of(record.isbn)}</dc:source>"
    if record.rights:
        yield f"<dc:rights>{text_of(record.rights)}</dc:rights>"
