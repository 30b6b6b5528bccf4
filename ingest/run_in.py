"""Run-in headings: "Summary. The village …" begins its section on the line of its first words.

In:  a flow, and the usual names of sections.
Out: the flow with such lines cut in two: the heading, and the text that goes on from it.

A label before a colon, a full stop or a dash is a heading only where it recurs, where it does so
more often than alone on a line, and where the publication begins at least two usual names so:
"Tel.: …" recurs as well. There a label that only begins as a usual name is one, too, however
rare; other labels must recur and be followed by running text. What is set in bold or slanted type
before a full stop or a dash is a heading where several paragraphs begin so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from ingest.flow import Flow, FlowLine
from ingest.recurrence import label_of, opens, recurs
from ingest.titles import title_words
from ingest.usual_names import UsualNames
from search.model import Box, PrintedLine

_RUN_IN = re.compile(
    r"(?P<number>(?:\d+\.)*\d+[.)]?\s+)?(?P<label>[^\W\d_][^.:;!?–—\d]{2,60}?)"
    r"(?:\s*[.:]|\s[–—-])\s+(?P<rest>(?=.*[^\W_])\S.*)$"
)
_LEAD = re.compile(r"(?P<label>[^\W_].*?[^\W_][?!]?)[\s\"”»’)]*(?P<end>[.–—?!]?)\s*$")
_REST = re.compile(r"\s*(?P<end>[.–—]?)\s*(?=[^\W_]|[«“\"(])")
_MOST_WORDS = 8
_MOST_LEAD_WORDS = 12
_LEAST_LEADS = 3
_LEAST_USUAL = 2
_FULL = 0.85  # of a line: running text
_MANY_WORDS = 12  # in what follows: running text, too
_MOSTLY = 0.7


@dataclass(frozen=True, slots=True)
class _RunIn:
    """The label that line `index` begins with; it ends at `end`, the text begins at `rest`."""

    index: int
    label: str
    end: int
    rest: int


def cut_run_in_headings(flow: Flow, names: UsualNames) -> Flow:
    """Cut the lines that begin with a run-in heading."""
    places: dict[str, list[_RunIn]] = defaultdict(list)
    alone: dict[str, int] = defaultdict(int)
    for index, line in enumerate(flow.lines):
        alone[label_of(line.text)] += 1
        if found := _read(flow, index):
            places[found.label].append(found)
    recurring = {
        label: found
        for label, found in places.items()
        if recurs([at.index for at in found]) and len(found) > alone[label]
    }
    usual = {label for label in recurring if names.is_name(label)}
    cuts = {at.index: at for at in _set_apart(flow)}
    if len(usual) >= _LEAST_USUAL:
        cuts |= {
            at.index: at
            for label, found in recurring.items()
            if label in usual or _leads_text(flow, found)
            for at in found
        }
        cuts |= {
            at.index: at
            for label, found in places.items()
            if names.kind(label) and len(found) >= alone[label]
            for at in found
        }
    return replace(flow, lines=_cut(flow.lines, cuts)) if cuts else flow


def _set_apart(flow: Flow) -> list[_RunIn]:
    """Beginnings of paragraphs in bold or slanted type that end with a full stop or a dash.

    Only where there are several, differently worded, with running text behind them: bold terms
    come before a colon or none, and a label like "Note." comes again and again.
    """
    opening = [k for k, line in enumerate(flow.lines) if line.printed.lead and opens(flow, k)]
    found = [at for k in opening if (at := _read_lead(flow, k)) is not None]
    labels = {at.label for at in found}
    several = len(labels) >= _LEAST_LEADS and len(labels) >= _MOSTLY * len(found)
    usual = len(found) >= _MOSTLY * len(opening)
    return found if several and usual and _leads_text(flow, found) else []


def _read_lead(flow: Flow, index: int) -> _RunIn | None:
    line = flow.lines[index]
    found = _LEAD.match(line.text[: line.printed.lead])
    rest = _REST.match(line.text[line.printed.lead :])
    if found is None or rest is None or not (found["end"] or rest["end"]):
        return None
    if not 0 < len(title_words(found["label"])) <= _MOST_LEAD_WORDS:
        return None
    start = line.printed.lead + rest.end()
    return _RunIn(index, label_of(found["label"]), found.end("label"), start)


def _read(flow: Flow, index: int) -> _RunIn | None:
    text = flow.lines[index].text
    found = _RUN_IN.match(text)
    if found is None or not found["label"][0].isupper() or not opens(flow, index):
        return None
    if len(title_words(found["label"])) > _MOST_WORDS:
        return None
    return _RunIn(index, label_of(found["label"]), found.end("label"), found.start("rest"))


def _leads_text(flow: Flow, found: Sequence[_RunIn]) -> bool:
    """Does running text follow the label, and no datum?"""
    running = sum(
        flow.lines[at.index].fill >= _FULL
        or len(flow.lines[at.index].text[at.rest :].split()) >= _MANY_WORDS
        for at in found
    )
    return running >= _MOSTLY * len(found)


def _cut(lines: Sequence[FlowLine], cuts: Mapping[int, _RunIn]) -> tuple[FlowLine, ...]:
    pieces: list[FlowLine] = []
    for index, line in enumerate(lines):
        if index in cuts:
            pieces += _heading_and_text(line, cuts[index])
        else:
            pieces.append(line)
    return tuple(pieces)


def _heading_and_text(line: FlowLine, at: _RunIn) -> tuple[FlowLine, FlowLine]:
    """The two pieces; the reader sees one type a line, so the heading's own is taken for bold."""
    share = at.end / len(line.text)
    heading = replace(
        line,
        text=line.text[: at.end],
        printed=_stretch(line.printed, 0, at.end),
        style=replace(line.style, bold=True),
        gap=max(line.gap, 1.0),
        fill=line.fill * share,
        centred=False,
        is_run_in=True,
    )
    text = replace(
        line,
        text=line.text[at.rest :],
        printed=_stretch(line.printed, at.rest, len(line.text)),
        gap=1.0,
        centred=False,
        starts_page=False,
        starts_column=False,
    )
    return heading, text


def _stretch(printed: PrintedLine, start: int, end: int) -> PrintedLine:
    """A stretch of a printed line, with the part of its box that the words in it take."""
    words = [word for word in printed.words if start <= word.start < end]
    box = printed.box
    if box is not None and words:
        box = Box(words[0].left, box.top, words[-1].right, box.bottom)
    return msgspec.structs.replace(printed, text=printed.text[start:end], box=box, words=())
