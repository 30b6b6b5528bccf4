"""Addresses of the site: searches, reading pages, permalinks.

In:  a question, ids.
Out: paths that begin with the site's prefix; with `absolute` a whole address.
     The parts of a query string keep one order, so that one search has one address.
"""

from __future__ import annotations

from flask import Flask, request

from search import permalinks
from search.model import PageLabel, Publication
from webui.paths import page_path
from webui.query_strings import query_string
from webui.questions import BLANK, Question


def install(app: Flask) -> None:
    """Let the templates write addresses."""
    app.jinja_env.globals.update(
        absolute=absolute,
        case_url=case_url,
        page_link=page_link,
        permalink=permalink,
        search_url=search_url,
        url_of=permalinks.url_of,
    )


def search_url(question: Question, anchor: str = "") -> str:
    """Return the address of a search; the blank question is the front page."""
    endpoint = "search.home" if question == BLANK else "search.results"
    return with_question(page_path(endpoint), question, anchor)


def question_url(endpoint: str, question: Question) -> str:
    """Return the address of another page that a question is put to."""
    return with_question(page_path(endpoint), question)


def permalink(publication: str, case: str = "", section: str = "", paragraph: int = 0) -> str:
    """Return the lasting path of a publication, case, section or paragraph."""
    return request.script_root + permalinks.permalink(publication, case, section, paragraph)


def page_link(publication: Publication, page: PageLabel) -> str:
    """Return the lasting path of a page."""
    return request.script_root + permalinks.page_permalink(publication, page)


class ReadingUrls:
    """Addresses of reading pages that mark one question and can lead back to it.

    Where a former edition is read, they lead to that edition. What they share is written once.
    """

    def __init__(self, question: Question) -> None:
        edition = request.args.get("edition", type=int)
        asked = [query_string(question), f"edition={edition}" if edition else ""]
        query = "&".join(filter(None, asked))
        self.root, self._query = request.script_root, f"?{query}" if query else ""

    def case(self, publication: str, case: str, anchor: str = "") -> str:
        """Return the address of a case's page."""
        path = permalinks.permalink(publication, case)
        return f"{self.root}{path}{self._query}{_fragment(anchor)}"


def case_url(publication: str, case: str, anchor: str = "", question: Question = BLANK) -> str:
    """Return the address of a reading page that marks a question and can lead back to it."""
    return ReadingUrls(question).case(publication, case, anchor)


def absolute(path: str) -> str:
    """Return a whole address: scheme, host and path."""
    return f"{request.host_url.rstrip('/')}{path}"


def anchor(section: str, paragraph: int = 0) -> str:
    """Return the fragment of a section or paragraph on its case's page."""
    return f"{section}-p{paragraph}" if paragraph else section


def with_question(path: str, question: Question, anchor: str = "") -> str:
    """Return the address of a page that a question is put to."""
    query = query_string(question)
    return path + (f"?{query}" if query else "") + _fragment(anchor)


def _fragment(anchor: str) -> str:
    return f"#{anchor}" if anchor else ""
