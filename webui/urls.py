"""Addresses of the site: searches, reading pages, permalinks, static files.

In:  a question, ids.
Out: paths that begin with the site's prefix; with `absolute` a whole address.
     The parts of a query string keep one order, so that one search has one address.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote_plus, urlencode

from flask import Flask, current_app, request, url_for
from werkzeug.routing import Map

from search import permalinks
from search.model import PageLabel, Publication
from webui.questions import BLANK, Question, with_values
from webui.site import open_site


def install(app: Flask) -> None:
    """Let the templates write addresses."""
    app.jinja_env.globals.update(
        absolute=absolute,
        case_url=case_url,
        page_link=page_link,
        question_url=question_url,
        permalink=permalink,
        search_url=search_url,
        static_url=static_url,
        url_of=permalinks.url_of,
    )


def search_url(question: Question, anchor: str = "") -> str:
    """Return the address of a search; the blank question is the front page."""
    endpoint = "search.home" if question == BLANK else "search.results"
    return _joined(_path(endpoint), question, anchor)


class ChoiceUrls:
    """Addresses of a search with one facet's choice changed, from the first page again.

    A page of results has hundreds of them: what they share is written once.
    """

    def __init__(self, question: Question, facet: str, anchor: str = "") -> None:
        chosen = question.chosen(facet)
        pairs = list(with_values(question, facet, (*chosen, "")).arguments())
        at = next(place for place, (name, _) in enumerate(pairs) if name == facet)
        self._path, self._home = _path("search.results"), _path("search.home")
        self._before = [urlencode([pair]) for pair in pairs[:at]]
        self._after = [urlencode([pair]) for pair in pairs[at + len(chosen) + 1 :]]
        self._name = quote_plus(facet)
        self._chosen = {value: self._encoded(value) for value in chosen}
        self._anchor = _fragment(anchor)

    def adding(self, value: str) -> str:
        """Return the address with one more value chosen."""
        return self._url({**self._chosen, value: self._encoded(value)})

    def taking(self, value: str) -> str:
        """Return the address with a value taken back."""
        return self._url({name: text for name, text in self._chosen.items() if name != value})

    def _encoded(self, value: str) -> str:
        return f"{self._name}={quote_plus(value)}"

    def _url(self, chosen: Mapping[str, str]) -> str:
        parts = "&".join([*self._before, *chosen.values(), *self._after])
        return f"{self._path}?{parts}{self._anchor}" if parts else f"{self._home}{self._anchor}"


def question_url(endpoint: str, question: Question, name: str | None = None) -> str:
    """Return the address of another page that a question is put to: a facet's values, say."""
    return _joined(url_for(endpoint, name=name), question)


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
        asked = [_query_string(question), f"edition={edition}" if edition else ""]
        query = "&".join(filter(None, asked))
        self._root, self._query = request.script_root, f"?{query}" if query else ""

    def case(self, publication: str, case: str, anchor: str = "") -> str:
        """Return the address of a case's page."""
        path = permalinks.permalink(publication, case)
        return f"{self._root}{path}{self._query}{_fragment(anchor)}"


def case_url(publication: str, case: str, anchor: str = "", question: Question = BLANK) -> str:
    """Return the address of a reading page that marks a question and can lead back to it."""
    return ReadingUrls(question).case(publication, case, anchor)


def static_url(name: str) -> str:
    """Return a static file's address, new whenever any of them changes."""
    return url_for("static", filename=name, v=open_site().static_version)


def absolute(path: str) -> str:
    """Return a whole address: scheme, host and path."""
    return f"{request.host_url.rstrip('/')}{path}"


def anchor(section: str, paragraph: int = 0) -> str:
    """Return the fragment of a section or paragraph on its case's page."""
    return f"{section}-p{paragraph}" if paragraph else section


def _path(endpoint: str) -> str:
    """Return the path of a page that has no parameters."""
    return request.script_root + _path_in(current_app.url_map, endpoint)


@lru_cache(maxsize=64)
def _path_in(rules: Map, endpoint: str) -> str:
    """Return a page's path below the site's prefix: the same for every request."""
    return rules.bind("").build(endpoint)


@lru_cache(maxsize=256)
def _query_string(question: Question) -> str:
    """Encode a question once, not once for every link that carries it."""
    return urlencode(list(question.arguments()))


def _joined(path: str, question: Question, anchor: str = "") -> str:
    query = _query_string(question)
    return path + (f"?{query}" if query else "") + _fragment(anchor)


def _fragment(anchor: str) -> str:
    return f"#{anchor}" if anchor else ""
