"""Printed titles: where in a text the words of a title stand, alike enough.

In:  the flow, and the lines to leave out.
Out: runs of one to four lines on one page, each with its likeness to the title, 0 to 1.

Every title is compared with all runs on the pages it may stand on; so the words of each run are
made once, and compared many at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from rapidfuzz import fuzz, process

from ingest.flow import Flow
from ingest.titles import bare_title, title_words

_MOST_LINES = 4  # of one title
_LONG_LINE = 220  # characters; no title is as long
_LIKE_ON_PAGE = 0.62
_LIKE_ANYWHERE = 0.74
_SHORT = 5  # letters; below, one wrong letter makes another word
_OFF_PAGE = 0.15  # from the likeness of a title on another page than it is promised on
_PAGE_SLACK = 1
_MOST_PLACES = 12

Span = tuple[int, int]


class PrintedTitles:
    """Runs of one to four lines that may be a title, by page and all together."""

    def __init__(self, flow: Flow, excluded: range) -> None:
        self.flow = flow
        self._excluded = excluded
        self._texts: dict[int, dict[Span, str]] = {}  # by page, as they are asked for
        self._words: dict[int, tuple[int, frozenset[str]]] = {}

    def near(self, title: str, page: int) -> Iterator[tuple[Span, float]]:
        """Where it stands on a page or those beside it, in order of the lines."""
        for number in range(page - _PAGE_SLACK, page + _PAGE_SLACK + 1):
            off = 0.0 if number == page else _OFF_PAGE
            alike = self._alike(title, number)
            for span in self._on_page(number):
                like = alike.get(span, 0.0)
                if not like and span[1] - span[0] == 1:
                    like = self.as_part(title, span[0])
                if like:
                    yield span, like - off

    def anywhere(self, title: str) -> Iterator[tuple[Span, float]]:
        """Where it stands in all the text, the likest first."""
        query = " ".join(title_words(title))
        found = process.extract(
            query,
            self._all,
            scorer=fuzz.ratio,
            score_cutoff=_LIKE_ANYWHERE * 100,
            limit=_MOST_PLACES,
        )
        for _, ratio, span in found:
            yield span, ratio / 100

    def as_part(self, title: str, line: int) -> float:
        """A title of several words that the printed one holds whole, or the other way round."""
        printed, words = self._words_of(line)
        own = frozenset(bare_title(title).split())
        if not (own and words and (own <= words or words <= own)):
            return 0.0
        several = min(len(title_words(title)), printed) > 1
        at = self.flow.lines[line]
        return _LIKE_ON_PAGE if several and at.fill < 1 and not at.ends_sentence else 0.0

    def is_possible(self, span: Span) -> bool:
        """May these lines be a title?"""
        return span[0] not in self._excluded and span[1] in self._ends(span[0])

    def _alike(self, title: str, page: int) -> dict[Span, float]:
        wanted = bare_title(title)
        found = process.extract(
            wanted,
            self._on_page(page),
            scorer=fuzz.ratio,
            score_cutoff=_LIKE_ON_PAGE * 100,
            limit=None,
        )
        alike = {}
        for text, ratio, span in found:
            same = text.replace(" ", "") == wanted.replace(" ", "")
            if wanted and (same or min(len(text), len(wanted)) > _SHORT):
                alike[span] = 1.0 if same else ratio / 100
        return alike

    def _on_page(self, page: int) -> dict[Span, str]:
        if page not in self._texts:
            self._texts[page] = {
                (start, end): bare_title(self.flow.joined(start, end))
                for start in self._starts.get(page, ())
                for end in self._ends(start)
            }
        return self._texts[page]

    def _words_of(self, line: int) -> tuple[int, frozenset[str]]:
        """How many words a line has, and which, its number left out."""
        if line not in self._words:
            text = self.flow.lines[line].text
            self._words[line] = len(title_words(text)), frozenset(bare_title(text).split())
        return self._words[line]

    @cached_property
    def _starts(self) -> dict[int, list[int]]:
        starts: dict[int, list[int]] = {}
        for k, line in enumerate(self.flow.lines):
            if k not in self._excluded:
                starts.setdefault(line.page, []).append(k)
        return starts

    @cached_property
    def _all(self) -> dict[Span, str]:
        return {
            (start, end): " ".join(title_words(self.flow.joined(start, end)))
            for starts in self._starts.values()
            for start in starts
            for end in self._ends(start)
        }

    def _ends(self, start: int) -> Iterator[int]:
        lines = self.flow.lines
        limit = self._excluded.start if start < self._excluded.start else len(lines)
        length = 0
        for end in range(start + 1, min(start + _MOST_LINES, limit) + 1):
            length += len(lines[end - 1].text)
            if length > _LONG_LINE or lines[end - 1].page != lines[start].page:
                return
            yield end
