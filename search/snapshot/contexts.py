"""Contexts: the text that an occurrence stands in, as it is stored beside the words.

In:  one segment's sections; a section's number, a field, words of it.
Out: the field's text, the characters of those words, the paragraph and page they stand in.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from search.analysis import WordSpans, word_spans
from search.documents import STRANDS
from search.engine import CASE_FIELDS
from search.occurrences import Occurrence, ShownText
from search.snapshot.segment import SegmentScope
from search.snapshot.strands import spans_of, strand_text


def shown_text(scope: SegmentScope, section: int, found: Occurrence) -> ShownText:
    """Return the text of an occurrence in a section of a segment."""
    stored = scope.stored
    if found.field in STRANDS:
        return _of_strand(scope, section, found)
    _, _, heading, page, *_ = stored.own_fields(section)
    text = heading
    if found.field in CASE_FIELDS:
        *_, title, organisation, _, page, _, _ = stored.case_fields(stored.case_of(section))
        text = title if found.field == "title" else organisation
    words = _spans(text)
    return ShownText(text, words.starts[found.first], words.ends[found.last], 0, page)


@lru_cache(maxsize=256)
def _spans(text: str) -> WordSpans:
    return word_spans(text)


def _of_strand(scope: SegmentScope, section: int, found: Occurrence) -> ShownText:
    _, layouts, body, at = scope.stored.section(section)
    for layout in layouts:
        if STRANDS[layout.strand] == found.field:
            match = (found.first, found.last, 0, False)
            ((start, end),) = spans_of(layout, body, at, [match])
            return ShownText(
                strand_text(layout, body, at),
                start,
                end,
                layout.numbers[bisect_right(layout.starts, start) - 1],
                layout.pages[bisect_right(layout.page_starts, start) - 1],
            )
        at += 2 * layout.words + layout.text_bytes
    raise LookupError(found)
