"""Strands: a text of a section as it is stored, read in part.

In:  its layout, the body of its section, where in the body its counts begin: of each word the
     characters since the word before it in its sentence, and its own. Its text stands behind them.
Out: sentences; where words begin and end, in code points of the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from search.snapshot.marking import Match
from search.snapshot.stored import Layout

Span = tuple[int, int]


def strand_text(layout: Layout, body: memoryview, at: int) -> str:
    """Return all of a text."""
    start = at + 2 * layout.words
    return str(body[start : start + layout.text_bytes], "utf-8")


def sentences(
    layout: Layout, body: memoryview, at: int, first: int, last: int, matches: Sequence[Match]
) -> tuple[str, list[Span]]:
    """Return some sentences, and where in them the matches that they hold begin and end."""
    places = layout.sentence_bytes or layout.sentences
    start = at + 2 * layout.words
    behind = places[last + 1] if last + 1 < len(places) else layout.text_bytes
    text = str(body[start + places[first] : start + behind], "utf-8").rstrip()
    if first < last or layout.wide:
        begin = layout.sentences[first]
        return text, [(a - begin, b - begin) for a, b in spans_of(layout, body, at, matches)]
    low = at + 2 * layout.sentence_words[first]
    spans: list[Span] = []
    for word, end, _, _ in matches:
        own = at + 2 * word + 1
        start = sum(body[low:own])
        size = body[own] if word == end else sum(body[own : at + 2 * end + 2])
        spans.append((start, start + size))
    return text, spans


def spans_of(layout: Layout, body: memoryview, at: int, matches: Sequence[Match]) -> list[Span]:
    """Return where in the text matches begin and end."""
    words, places, wide = layout.sentence_words, layout.sentences, layout.wide
    spans: list[Span] = []
    for first, last, _, _ in matches:
        sentence = bisect_right(words, first) - 1
        low, own = at + 2 * words[sentence], at + 2 * first + 1
        start = places[sentence] + sum(body[low:own])
        if first == last and not wide:
            spans.append((start, start + body[own]))
            continue
        there = bisect_right(words, last, sentence) - 1
        end = places[there] + sum(body[at + 2 * words[there] : at + 2 * last + 2])
        start += _more(wide, 2 * words[sentence], 2 * first + 1)
        spans.append((start, end + _more(wide, 2 * words[there], 2 * last + 2)))
    return spans


def _more(wide: Sequence[int], start: int, end: int) -> int:
    """Return by how much some counts are more than a byte tells."""
    return sum(more for at, more in zip(wide[::2], wide[1::2], strict=True) if start <= at < end)
