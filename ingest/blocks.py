"""Blocks: the lines of a section → paragraphs, list items, captions, sub-headings.

In:  the flow, the lines of a section, and its sub-headings.
Out: blocks in reading order; each knows the printed lines its characters came from.

A paragraph ends at a space, at a line that ends a sentence short of the edge, or before an indent;
a blank line or a page break in the middle of a sentence ends nothing. The rows of a table are one
block, a line each. Captions, notes and boxes are lifted out and set after the paragraph they
interrupt.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ingest.captions import Aside, find_asides
from ingest.flow import Flow
from ingest.marks import Mark
from ingest.repair import join_lines
from ingest.tables import table_rows
from search.model import Block, BlockKind, Box, LineSpan

_ITEM = re.compile(
    r"(?:[•·▪◦‣●○■□►*–—-]\s*(?=\S)|\(?\d{1,3}(?:\.\d{1,3})*[.)]\s*(?=[^\d\s])|\(?[a-zа-я]\)\s)"
)
_LABEL = re.compile(r"[^\W\d_][^\s:]*(?: [^\s:]+)?:(?:\s|$)")
_FULL = 0.9  # of a full line
_SHORT = 0.82  # of the lines around it
_SLIGHT_GAP = 0.15  # of a line height beyond the usual leading
_NEIGHBOURS = 2
_INDENT_EM = 0.8


@dataclass(frozen=True, slots=True)
class Typesetting:
    """What blocks are made with: the flow, and the pictures and boxes of each page."""

    flow: Flow
    figures: Mapping[int, Sequence[Box]]  # by the page that they stand on


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of lines already: sub-headings, and rows of tables."""

    heads: Mapping[int, Mark]
    rows: Collection[int]

    def of(self, index: int) -> Mark | BlockKind | None:
        """The sub-heading that a line is of, "table" for a row, None for text."""
        return self.heads.get(index) or ("table" if index in self.rows else None)


def make_blocks(
    setting: Typesetting, lines: Sequence[int], subheadings: Sequence[Mark] = ()
) -> tuple[Block, ...]:
    """Make the blocks of a section."""
    flow = setting.flow
    heads = {k: mark for mark in subheadings for k in range(mark.start, mark.end)}
    rows = table_rows(flow, [k for k in lines if k not in heads])
    asides = find_asides(flow, [k for k in lines if k not in rows], setting.figures)
    apart = {k for aside in asides for k in aside.lines}
    main = [k for k in lines if k not in apart]
    known = _Known(heads, rows)
    blocks = [
        (group[0], _block(setting, group, *_kind(flow, group, known)))
        for group in _groups(flow, main, known)
    ]
    for aside in reversed(asides):
        after = sum(start < aside.lines[0] for start, _ in blocks)
        blocks[after:after] = _aside_blocks(setting, aside, known)
    return tuple(block for _, block in blocks)


def _aside_blocks(setting: Typesetting, aside: Aside, known: _Known) -> list[tuple[int, Block]]:
    """A caption is one block; a note or a box has the blocks of its paragraphs."""
    if aside.is_caption:
        return [(aside.lines[0], _block(setting, aside.lines, "caption"))]
    return [
        (group[0], _block(setting, group, *_kind(setting.flow, group, known)))
        for group in _groups(setting.flow, aside.lines, known)
    ]


def line_spans(flow: Flow, lines: Iterable[int]) -> tuple[LineSpan, ...]:
    """The printed lines of a heading, each its own stretch of the single-spaced text."""
    joined = join_lines([flow.lines[k].text for k in lines], flow.words)
    return _spans(flow, list(lines), joined.spans)


def _block(setting: Typesetting, lines: Sequence[int], kind: BlockKind, level: int = 0) -> Block:
    if kind == "table":
        return _table(setting, lines)
    joined = join_lines([setting.flow.lines[k].text for k in lines], setting.flow.words)
    return Block(kind, joined.text, _spans(setting.flow, lines, joined.spans), level)


def _table(setting: Typesetting, lines: Sequence[int]) -> Block:
    """Rows stay rows, one a line, and their cells stay apart."""
    rows = [setting.flow.lines[k].text for k in lines]
    ends = list(accumulate(len(row) + 1 for row in rows))
    spans = [(end - 1 - len(row), end - 1) for row, end in zip(rows, ends, strict=True)]
    return Block("table", "\n".join(rows), _spans(setting.flow, lines, spans))


def _spans(
    flow: Flow, lines: Sequence[int], spans: Sequence[tuple[int, int]]
) -> tuple[LineSpan, ...]:
    return tuple(
        LineSpan(start, end, flow.lines[k].page, flow.lines[k].index, flow.lines[k].printed.box)
        for k, (start, end) in zip(lines, spans, strict=True)
    )


def _kind(flow: Flow, group: list[int], known: _Known) -> tuple[BlockKind, int]:
    if group[0] in known.heads:
        return "heading", known.heads[group[0]].level
    if group[0] in known.rows:
        return "table", 0
    return ("item" if _ITEM.match(flow.lines[group[0]].text) else "paragraph"), 0


def _groups(flow: Flow, lines: Sequence[int], known: _Known) -> Iterator[list[int]]:
    """Lines that belong together, in order."""
    group: list[int] = []
    for k in lines:
        if group and _starts_block(flow, group, k, known):
            yield group
            group = []
        group.append(k)
    if group:
        yield group


def _starts_block(flow: Flow, group: list[int], index: int, known: _Known) -> bool:
    before = group[-1]
    if known.of(index) is not None or known.of(before) is not None:
        return known.of(index) is not known.of(before)
    line = flow.lines[index]
    open_sentence = not flow.lines[before].ends_sentence
    if open_sentence and line.starts_lower and not _ITEM.match(line.text):
        return False
    if _ITEM.match(line.text) or _is_datum(flow, before, index):
        return True
    if not line.starts_column and (line.stands_off or _is_spaced(flow, before, index)):
        return True
    return _ends_block(flow, before, index) or _is_indented(flow, before, index)


def _is_spaced(flow: Flow, before: int, index: int) -> bool:
    """Is there a little space above the line, and a whole sentence above that?"""
    return flow.lines[index].gap > _SLIGHT_GAP and flow.lines[before].ends_sentence


def _is_datum(flow: Flow, before: int, index: int) -> bool:
    """Is the line a labelled datum ("Telephone: …") below a line that does not run to the edge?"""
    text = flow.lines[index].text
    return bool(_LABEL.match(text)) and text[0].isupper() and flow.lines[before].fill < _FULL


def _ends_block(flow: Flow, before: int, index: int) -> bool:
    """Is the line before the last of a paragraph? It is short, and ends a sentence or a datum."""
    ends = flow.lines[before].ends_sentence or not flow.lines[index].starts_lower
    return ends and (_is_short(flow, before) or flow.breaks_early(before, index))


def _is_short(flow: Flow, index: int) -> bool:
    """Is the line short beside its neighbours in the same column?"""
    line = flow.lines[index]
    near = range(max(0, index - _NEIGHBOURS), min(len(flow.lines), index + _NEIGHBOURS + 1))
    around = [
        flow.lines[k].fill
        for k in near
        if flow.lines[k].page == line.page and flow.lines[k].style == line.style
    ]
    return line.fill < _SHORT * max(around)


def _is_indented(flow: Flow, before: int, index: int) -> bool:
    """Does the line begin farther right than the one before, which ended a sentence?"""
    one, two = flow.lines[before].printed.box, flow.lines[index].printed.box
    if one is None or two is None or flow.lines[index].starts_column:
        return False
    step = two.left - one.left
    em = flow.lines[index].printed.size_pt
    return flow.lines[before].ends_sentence and _INDENT_EM * em < step < 4 * em
