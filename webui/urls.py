"""Addresses of the site: searches, reading pages, permalinks, static files.

In:  a question, ids.
Out: paths that begin with the site's prefix; with `absolute` a whole address.
     The parts of a query string keep one order, so that one search has one address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import quote_plus

from flask import Flask, current_app, request, url_for
from werkzeug.routing import Map

from search import permalinks
from search.model import PageLabel, Publication
from webui.questions import BLANK, SETTINGS, Question, facet_order
from webui.site import open_site

RESULTS = "results"  # the anchor of the answer's heading


def install(app: Flask) -> None:
    """Let the templates write addresses."""
    app.jinja_env.globals.update(
        absolute=absolute,
        case_url=case_url,
        page_link=page_link,
        page_path=page_path,
        question_url=question_url,
        permalink=permalink,
        search_url=search_url,
        static_url=static_url,
        url_of=permalinks.url_of,
    )


def search_url(question: Question, anchor: str = "") -> str:
    """Return the address of a search; the blank question is the front page."""
    endpoint = "search.home" if question == BLANK else "search.results"
    return with_question(page_path(endpoint), question, anchor)


class SearchUrls:
    """Addresses of searches that differ from one question in one thing.

    A page of results has hundreds of them: what they share is written once.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self._results, self._home = page_path("search.results"), page_path("search.home")
        pairs = [(name, _pair(name, value)) for name, value in question.arguments()]
        self._settings = {name: pair for name, pair in pairs if name in SETTINGS and name != "q"}
        self._asked = [pair for name, pair in pairs if name not in self._settings]
        first_page = [pair for name, pair in self._settings.items() if name != "page"]
        self._behind = "".join([f"&{pair}" for pair in first_page])

    def setting(self, name: str, value: str | int, anchor: str = "") -> str:
        """Return the address with another setting, from the first page unless that is it."""
        settings = {**self._settings, name: _pair(name, str(value))}
        if name != "page":
            settings.pop("page", None)
        if value == getattr(BLANK, name):
            del settings[name]
        ordered = [settings[each] for each in SETTINGS if each in settings]
        return self._url("&".join([*self._asked, *ordered]), anchor)

    def choices(self, facet: str, anchor: str = "") -> ChoiceUrls:
        """Return the addresses with one facet's choice changed."""
        question = self.question
        before = self._asked[: bool(question.text)]
        behind: list[str] = []
        chosen: dict[str, str] = {}
        for name, values in question.filters:
            pairs = {value: _pair(name, value) for value in values}
            if name == facet:
                chosen = pairs
            else:
                (before if facet_order(name) < facet_order(facet) else behind).extend(
                    pairs.values()
                )
        end = "".join([f"&{pair}" for pair in behind]) + self._behind
        return ChoiceUrls(self._url, facet, before, chosen, end, anchor)

    def _url(self, query: str, anchor: str = "") -> str:
        path = f"{self._results}?{query}" if query else self._home
        return f"{path}#{anchor}" if anchor else path


class ChoiceUrls:
    """Addresses of a search with one facet's choice changed, from the first page again."""

    def __init__(
        self,
        url: Callable[[str, str], str],
        facet: str,
        before: Sequence[str],
        chosen: Mapping[str, str],
        end: str,
        anchor: str,
    ) -> None:
        self._url, self._before, self._chosen, self._end = url, before, chosen, end
        self._anchor = anchor
        name = "&".join([*before, *chosen.values(), f"{quoted(facet)}="])
        self._begin, self._rest = url(name, ""), f"{end}#{anchor}" if anchor else end

    def adding(self, value: str) -> str:
        """Return the address with one more value chosen."""
        if value in self._chosen:
            return self._with(self._chosen.values())
        return f"{self._begin}{quoted(value)}{self._rest}"

    def taking(self, value: str) -> str:
        """Return the address with a value taken back."""
        return self._with([pair for name, pair in self._chosen.items() if name != value])

    def _with(self, chosen: Iterable[str]) -> str:
        query = "&".join([*self._before, *chosen]) + self._end
        return self._url(query.removeprefix("&"), self._anchor)


def question_url(endpoint: str, question: Question, name: str | None = None) -> str:
    """Return the address of another page that a question is put to: a facet's values, say."""
    path = page_path(endpoint) if name is None else url_for(endpoint, name=name)
    return with_question(path, question)


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
    path = _static_path(current_app.url_map, name, open_site().static_version)
    return f"{request.script_root}{path}"


def absolute(path: str) -> str:
    """Return a whole address: scheme, host and path."""
    return f"{request.host_url.rstrip('/')}{path}"


def anchor(section: str, paragraph: int = 0) -> str:
    """Return the fragment of a section or paragraph on its case's page."""
    return f"{section}-p{paragraph}" if paragraph else section


def page_path(endpoint: str) -> str:
    """Return the path of a page that has no parameters, by its view's name."""
    return request.script_root + _path_in(current_app.url_map, endpoint)


@lru_cache(maxsize=64)
def _path_in(rules: Map, endpoint: str) -> str:
    """Return a page's path below the site's prefix: the same for every request."""
    return rules.bind("").build(endpoint)


@lru_cache(maxsize=64)
def _static_path(rules: Map, name: str, version: str) -> str:
    """Return a static file's path below the site's prefix."""
    return rules.bind("").build("static", {"filename": name, "v": version})


@lru_cache(maxsize=1 << 12)
def quoted(text: str) -> str:
    """Encode a name or value: those of facets come again and again."""
    return quote_plus(text)


def _pair(name: str, value: str) -> str:
    return f"{quoted(name)}={quoted(value)}"


@lru_cache(maxsize=256)
def _query_string(question: Question) -> str:
    """Encode a question once, not once for every link that carries it."""
    return "&".join([_pair(name, value) for name, value in question.arguments()])


def with_question(path: str, question: Question, anchor: str = "") -> str:
    """Return the address of a page that a question is put to."""
    query = _query_string(question)
    return path + (f"?{query}" if query else "") + _fragment(anchor)


def _fragment(anchor: str) -> str:
    return f"#{anchor}" if anchor else ""
