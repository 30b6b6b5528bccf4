"""Phrase views: results about words and phrases → what their pages show.

In:  a question and the library's results.
Out: lines by case, strips and bars as numbers to draw with, values with links.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from search.phrase_results import Concordance, ConcordanceLine, Profile, ProfileValue, Strip
from webui import urls
from webui.facet_views import Chip
from webui.names import counted, facet_title, shorten
from webui.phrase_questions import PhraseQuestion, phrase_url, publication_url
from webui.questions import Filters, Question

STRIP_WIDTH = 1000
_SHOWN_VALUES = 12
_MARK_WIDTH = 4.0


@dataclass(frozen=True, slots=True)
class LineView:
    """A line, where its keyword leads, what its page is called."""

    line: ConcordanceLine
    url: str
    page: str


@dataclass(frozen=True, slots=True)
class CaseLines:
    """The lines of one case that stand together on a page, and where the case is read."""

    case: ConcordanceLine
    url: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A band or mark to draw: from where, how wide, what it is, where it leads."""

    start: float
    width: float
    title: str
    url: str
    is_odd: bool = False


@dataclass(frozen=True, slots=True)
class StripView:
    """A strip to draw, `STRIP_WIDTH` wide."""

    strip: Strip
    url: str
    bands: tuple[Stretch, ...]
    marks: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class ValueBar:
    """A facet's value, how long its bar is in hundredths, where it leads."""

    value: ProfileValue
    percent: float
    url: str


@dataclass(frozen=True, slots=True)
class FacetBars:
    """A facet with the bars of its values: those always shown and those that fold."""

    name: str
    title: str
    shown: tuple[ValueBar, ...]
    folded: tuple[ValueBar, ...]


def case_lines(found: Concordance, question: PhraseQuestion) -> tuple[CaseLines, ...]:
    """Gather the lines of one case that follow one another; in other orders all are one group."""
    by_case = found.sort == "book"
    return tuple(
        CaseLines(lines[0].line, _case_url(lines[0].line, question), tuple(lines))
        for _, group in groupby(found.lines, key=lambda x: (x.publication, x.case) * by_case)
        if (lines := [_line(line, question) for line in group])
    )


def _line(line: ConcordanceLine, question: PhraseQuestion) -> LineView:
    page = f"p. {line.page_label}" if line.page_label else f"PDF p. {line.page}" * bool(line.page)
    anchor = urls.anchor(line.section, line.paragraph)
    if line.field in {"title", "organisation"}:
        anchor = ""
    url = urls.case_url(line.publication, line.case, anchor, Question(question.text))
    return LineView(line, url, page)


def _case_url(line: ConcordanceLine, question: PhraseQuestion) -> str:
    return urls.case_url(line.publication, line.case, question=Question(question.text))


def strip_view(strip: Strip, text: str) -> StripView:
    """Return a strip's bands and marks, by their place in the publication."""
    scale = STRIP_WIDTH / max(strip.words, 1)
    question = Question(text)
    bands = (
        Stretch(
            start=round(band.start * scale, 1),
            width=round((band.end - band.start) * scale, 1),
            title=f"{shorten(band.case_title)}: {band.count:,}",
            url=urls.case_url(strip.publication, band.case, question=question),
            is_odd=number % 2 == 1,
        )
        for number, band in enumerate(strip.bands)
    )
    marks = (
        Stretch(
            start=min(round(mark.start * scale, 1), STRIP_WIDTH - _MARK_WIDTH),
            width=_MARK_WIDTH,
            title=f"{counted(mark.count, 'occurrence')} in {shorten(mark.case_title)}",
            url=urls.case_url(strip.publication, mark.case, mark.section, question),
        )
        for mark in strip.marks
    )
    url = publication_url(strip.publication, question)
    return StripView(strip, url, tuple(bands), tuple(marks))


def facet_bars(found: Profile, question: PhraseQuestion) -> Iterator[FacetBars]:
    """Yield the facets of a profile; each value leads to its lines of the concordance."""
    for name, values in found.facets.items():
        most = max((value.per_10000 for value in values), default=0) or 1
        bars = tuple(_bar(value, name, most, question) for value in values)
        shown = len(bars) if name == "year" or len(bars) == _SHOWN_VALUES + 1 else _SHOWN_VALUES
        if bars:
            yield FacetBars(name, facet_title(name), bars[:shown], bars[shown:])


def _bar(value: ProfileValue, name: str, most: float, question: PhraseQuestion) -> ValueBar:
    chosen = {**dict(question.filters), name: (value.value,)}
    narrowed = replace(question, filters=tuple(chosen.items()), page=1)
    url = phrase_url("concordance", narrowed) if value.count else ""
    return ValueBar(value, round(100 * value.per_10000 / most, 1), url)


def chips(page: str, question: PhraseQuestion) -> Sequence[Chip]:
    """Return the chosen filters, each with the address that removes it."""
    return [
        Chip(
            facet_title(name),
            shorten(value),
            phrase_url(page, replace(question, filters=_without(question, name, value), page=1)),
        )
        for name, values in question.filters
        for value in values
    ]


def _without(question: PhraseQuestion, name: str, value: str) -> Filters:
    left = {facet: list(values) for facet, values in question.filters}
    left[name].remove(value)
    return tuple((facet, tuple(values)) for facet, values in left.items() if values)
