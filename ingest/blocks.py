"""Blocks: the lines of a section → paragraphs, list items, captions, sub-headings.

In:  the flow, the lines of a section, and its sub-headings.
Out: blocks in reading order; each knows the printed lines its characters came from.

A paragraph ends at a space, at a line that ends a sentence short of the edge, or before an indent;
a blank line or a page break in the middle of a sentence ends nothing. Captions and notes are
lifted out and set after the paragraph they interrupt.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.captions import find_asides
from ingest.flow import Flow
from ingest.marks import Mark
from ingest.repair import join_lines
from search.model import Block, BlockKind, LineSpan

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
    """What blocks are made with: the flow, the pages that show pictures."""

    flow: Flow
    pages_with_pictures: Collection[int]


def make_blocks(
    setting: Typesetting, lines: Sequence[int], subheadings: Sequence[Mark] = ()
) -> tuple[Block, ...]:
    """Make the blocks of a section."""
    flow = setting.flow
    asides = find_asides(flow, lines, setting.pages_with_pictures)
    apart = {k for aside in asides for k in aside.lines}
    heads = {k: mark for mark in subheadings for k in range(mark.start, mark.end)}
    main = [k for k in lines if k not in apart]
    blocks = [
        (group[0], _block(setting, group, *_kind(flow, group, heads)))
        for group in _groups(flow, main, heads)
    ]
    for aside in reversed(asides):
        kind: BlockKind = "caption" if aside.is_caption else "paragraph"
        after = sum(start < aside.lines[0] for start, _ in blocks)
        blocks.insert(after, (aside.lines[0], _block(setting, aside.lines, kind)))
    return tuple(block for _, block in blocks)


def line_spans(flow: Flow, lines: Iterable[int]) -> tuple[LineSpan, ...]:
    """The printed lines of a heading, each its own stretch of the single-spaced text."""
    joined = join_lines([flow.lines[k].text for k in lines], flow.words)
    return _spans(flow, list(lines), joined.spans)


def _block(setting: Typesetting, lines: Sequence[int], kind: BlockKind, level: int = 0) -> Block:
    joined = join_lines([setting.flow.lines[k].text for k in lines], setting.flow.words)
    return Block(kind, joined.text, _spans(setting.flow, lines, joined.spans), level)


def _spans(
    flow: Flow, lines: Sequence[int], spans: Sequence[tuple[int, int]]
) -> tuple[LineSpan, ...]:
    return tuple(
        LineSpan(start, end, flow.lines[k].page, flow.lines[k].index, flow.lines[k].printed.box)
        for k, (start, end) in zip(lines, spans, strict=True)
    )


def _kind(flow: Flow, group: list[int], heads: Mapping[int, Mark]) -> tuple[BlockKind, int]:
    if group[0] in heads:
        return "heading", heads[group[0]].level
    return ("item" if _ITEM.match(flow.lines[group[0]].text) else "paragraph"), 0


def _groups(flow: Flow, lines: Sequence[int], heads: Mapping[int, Mark]) -> Iterator[list[int]]:
    """Lines that belong together, in order."""
    group: list[int] = []
    for k in lines:
        if group and _starts_block(flow, group, k, heads):
            yield group
            group = []
        group.append(k)
    if group:
        yield group


def _starts_block(flow: Flow, group: list[int], index: int, heads: Mapping[int, Mark]) -> bool:
    before = group[-1]
    if index in heads or before in heads:
        return heads.get(index) is not heads.get(before)
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
