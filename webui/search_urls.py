"""Search addresses: those of searches that differ from one question in one thing.

In:  a question; a setting and its value; a facet and a value to choose or to take back.
Out: paths with a query string, its parts in their one order, from the first page unless that is it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from webui.paths import page_path
from webui.query_strings import argument, query_string, quoted
from webui.questions import BLANK, SETTINGS, Question, facet_order

RESULTS = "results"  # the anchor of the answer's heading


class SearchUrls:
    """Addresses of searches that differ from one question in one thing.

    A page of results has hundreds of them: what they share is written once.
    """

    def __init__(self, question: Question) -> None:
        self.question, self._asked = question, query_string(question)
        self._results, self._home = page_path("search.results"), page_path("search.home")
        self._text = [argument(name, value) for name, value in question.text_arguments()]
        self._filters = [
            (name, {value: argument(name, value) for value in values})
            for name, values in question.filters
        ]
        self._settings = {name: argument(name, v) for name, v in question.settings()}
        first_page = [each for name, each in self._settings.items() if name != "page"]
        self._behind = "".join([f"&{each}" for each in first_page])

    def setting(self, name: str, value: str | int, anchor: str = "") -> str:
        """Return the address with another setting, from the first page unless that is it."""
        settings = {**self._settings, name: argument(name, str(value))}
        if name != "page":
            settings.pop("page", None)
        if value == getattr(BLANK, name):
            del settings[name]
        chosen = _texts(pairs for _, pairs in self._filters)
        ordered = [settings[each] for each in SETTINGS if each in settings]
        return self._url("&".join([*self._text, *chosen, *ordered]), anchor)

    def values(self, facet: str) -> str:
        """Return the address of all values of a facet."""
        path = page_path("search.facet", facet)
        return f"{path}?{self._asked}" if self._asked else path

    def choices(self, facet: str, anchor: str = "") -> ChoiceUrls:
        """Return the addresses with one facet's choice changed."""
        place = facet_order(facet)
        before, chosen, behind = [*self._text], dict[str, str](), ""
        for name, pairs in self._filters:
            if name == facet:
                chosen = pairs
            elif facet_order(name) < place:
                before += pairs.values()
            else:
                behind += "".join([f"&{each}" for each in pairs.values()])
        return ChoiceUrls(self._url, facet, before, chosen, behind + self._behind, anchor)

    def _url(self, query: str, anchor: str = "") -> str:
        path = f"{self._results}?{query}" if query else self._home
        return f"{path}#{anchor}" if anchor else path


def _texts(pairs: Iterable[Mapping[str, str]]) -> list[str]:
    return [text for each in pairs for text in each.values()]


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
