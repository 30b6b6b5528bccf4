"""Small sites for tests: a real library in a temporary folder, and pages as a reader meets them.

In:  a folder, records.
Out: `make_library()`, `make_client()`; `open_page()` gives a page's title, links, ids and text,
     and fails where its tags do not close as they opened.
"""

from __future__ import annotations

import hashlib
from html.parser import HTMLParser
from pathlib import Path

from flask.testing import FlaskClient
from msgspec.structs import replace

from search import open_library
from search.model import Publication, Retired, Source
from search.searcher import Library
from tests.records import make_block, make_case, make_publication, make_section
from webui.app import DEFAULT_OPTIONS, SiteOptions, create_app

SCRIPT = "<script>alert(1)</script>"
HOSTILE = f"{SCRIPT} \"quoted\" & 'single' \u202egnol\u202c zero\u200bwidth {{{{ 7*7 }}}}"
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr"}


def make_library(folder: Path, *records: Publication) -> Library:
    """Publish records in a new library."""
    library = open_library(folder / "library", create=True)
    for record in records or (make_publication(),):
        data = f"The file of {record.id}.\n".encode()
        path = folder / f"{record.id}.txt"
        path.write_bytes(data)
        source = Source(path.name, "text", hashlib.sha256(data).hexdigest(), len(data))
        library.publish(replace(record, source=source), source=path)
    return library


def make_client(library: Library, options: SiteOptions = DEFAULT_OPTIONS) -> FlaskClient:
    return create_app(library, options).test_client()


def hostile_publication() -> Publication:
    """A record whose every text would like to be markup."""
    section = make_section("activity", HOSTILE, make_block(HOSTILE, kind="caption"))
    section = replace(section, heading=f"Activity {HOSTILE} {'long' * 80}")
    record = make_publication(
        "hostile",
        title=f"Book {HOSTILE}",
        cases=(make_case("case", f"Case {HOSTILE}", section, part="north", by=f"By {HOSTILE}"),),
    )
    part = replace(record.parts[0], title=f"Part {HOSTILE}")
    return replace(record, parts=(part,), publisher=HOSTILE, rights=HOSTILE, subtitle=HOSTILE)


def revised_publication() -> Publication:
    """A record some of whose addresses have moved, or are gone."""
    retired = (
        Retired("the-old-bridge", "a-bridge-over-the-alder"),
        Retired("an-evening-school/aims", "an-evening-school/background"),
        Retired("a-lost-ferry", note="It was left out of the second edition."),
        Retired("a-bridge-over-the-alder/activity/p9", "a-bridge-over-the-alder/activity/p2"),
        Retired("a-bridge-over-the-alder/activity/p8", "an-evening-school/background/p1"),
        Retired("a-bridge-over-the-alder/activity/p7", note="It was cut."),
    )
    return replace(make_publication(), retired=retired)


class Page(HTMLParser):
    """A page: its title, its links by text, its ids, its marks, all its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html, self.title, self.text = html, "", ""
        self.links: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.marks: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(("", given.get("href", "")))
        if tag == "mark":
            self.marks.append("")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"</{tag}> closes what it did not open"

    def handle_data(self, data: str) -> None:
        self.text += data
        if "title" in self._open:
            self.title += data
        if "mark" in self._open:
            self.marks[-1] += data
        if "a" in self._open:
            text, href = self.links[-1]
            self.links[-1] = text + data, href

    def link(self, words: str) -> str:
        """Return where the first link goes that has these words."""
        return next(href for text, href in self.links if words in " ".join(text.split()))

    def attributes(self, tag: str) -> list[dict[str, str]]:
        return [given for name, given in self.tags if name == tag]


def open_page(client: FlaskClient, url: str, status: int = 200) -> Page:
    response = client.get(url)
    assert response.status_code == status, f"{url}: {response.status_code}"
    return Page(response.get_data(as_text=True))
