"""Hit views: hits → what the search page shows of them.

In:  a question and its `Results`; what pages are called.
Out: hits grouped by case, passages cut at their highlights, words for the count.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress

from msgspec import Struct

from search.highlights import find_highlights
from search.query import Query
from search.results import Hit, Results
from webui.names import counted, shorten
from webui.questions import Question
from webui.segments import Segment, cut, number_marks
from webui.urls import ReadingUrls
from webui.urls import anchor as anchor_of

QUERY_SHOWN = 80

PageNames = Callable[[str, int], str]  # publication and place in the file → what a page is called
Segments = tuple[Segment, ...]


class PassageView(Struct, frozen=True):
    """A passage, the name of the page it stands on, and the address of its paragraph."""

    segments: Segments
    page: str
    url: str


class HitView(Struct, frozen=True):
    """A hit, where it leads, the name of its page, its heading, its passages."""

    hit: Hit
    url: str
    page: str
    heading: Segments
    passages: tuple[PassageView, ...]

    @property
    def is_marked(self) -> bool:
        """Tell whether what was asked stands in its own heading or text."""
        texts = (self.heading, *(passage.segments for passage in self.passages))
        return any(segment.hit for segments in texts for segment in segments)


class HitGroup(Struct, frozen=True):
    """The hits of one case on this page; the best one gives the group its place.

    `hits` are shown whole, in the order of the list. `others` match by their case's title or
    organisation alone: their first sentences would say nothing, so they are only named.
    """

    case: Hit
    url: str
    title: Segments
    organisation: Segments
    hits: tuple[HitView, ...]
    others: tuple[HitView, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What every hit of one answer is shown with."""

    query: Query
    urls: ReadingUrls
    name_page: PageNames

    def group(self, hits: Sequence[Hit]) -> HitGroup:
        first = hits[0]
        views = [self.view(hit) for hit in hits]
        shown = [view.is_marked or self.query.is_empty for view in views]
        shown[0] = shown[0] or not any(shown)
        return HitGroup(
            case=first,
            url=self.urls.case(first.publication, first.case),
            title=self.marked(first.case_title, first, "title"),
            organisation=self.marked(first.organisation, first, "organisation"),
            hits=tuple(compress(views, shown)),
            others=tuple(view for view, is_shown in zip(views, shown, strict=True) if not is_shown),
        )

    def view(self, hit: Hit) -> HitView:
        passages = (
            PassageView(
                cut(passage.text, number_marks(passage.highlights)),
                self.name_page(hit.publication, passage.page),
                self.address(hit, passage.paragraph),
            )
            for passage in hit.passages
        )
        return HitView(
            hit=hit,
            url=self.address(hit),
            page=self.name_page(hit.publication, hit.page),
            heading=self.marked(hit.heading, hit, "heading"),
            passages=tuple(passages),
        )

    def marked(self, text: str, hit: Hit, field: str) -> Segments:
        spans = find_highlights(text, self.query, language=hit.language, field=field)
        return cut(text, number_marks(spans))

    def address(self, hit: Hit, paragraph: int = 0) -> str:
        """A section's hit leads to its paragraph; a whole case's to its first match."""
        anchor = anchor_of(hit.section, paragraph) if hit.section else "hit-1"
        return self.urls.case(hit.publication, hit.case, anchor)


def group_hits(
    results: Results, question: Question, query: Query, name_page: PageNames
) -> tuple[HitGroup, ...]:
    """Group hits by case; a group stands where its best hit stood."""
    groups: dict[tuple[str, str], list[Hit]] = {}
    for hit in results.hits:
        groups.setdefault((hit.publication, hit.case), []).append(hit)
    answer = _Answer(query, ReadingUrls(question), name_page)
    return tuple(answer.group(hits) for hits in groups.values())


def count_words(results: Results) -> str:
    """Say how much was found: `37 sections`, `14 sections in 9 cases`."""
    if results.scope == "cases":
        return counted(results.total, "case")
    words = counted(results.total, "section")
    if not results.total or results.total > len(results.hits):
        return words
    cases = len({(hit.publication, hit.case) for hit in results.hits})
    return f"{words} in {counted(cases, 'case')}"


def quoted(question: Question) -> str:
    """Write the question for a heading: in quotation marks, cut when long; "" without words."""
    text = shorten(question.text, QUERY_SHOWN)
    own_marks = len(text) > 1 and text[0] == text[-1] == '"' and text.count('"') == len('""')
    return f"“{text[1:-1] if own_marks else text}”" if text else ""
