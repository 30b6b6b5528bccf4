"""Run-in headings: "Summary. The village …" begins its section on the line of its first words.

In:  a flow, and the usual names of sections.
Out: the flow with such lines cut in two: the heading, and the text that goes on from it.

A label before a colon, a full stop or a dash is a heading only where it recurs, where it does so
more often than alone on a line, and where the publication begins at least two usual names so:
"Tel.: …" recurs as well. There a label that only begins as a usual name is one, too, however
rare; other labels must recur and be followed by running text. What is set in bold or slanted type
before a full stop or a dash is a heading where several paragraphs begin so. In a plain text that
says nothing of type, labels of one kind (before a colon, before a dash, in capitals before a full
stop) are headings where a good part of all paragraphs begin with one, each with its own.
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
_LABEL = re.compile(
    r"(?P<label>[^\W\d_](?:[^.:;!?–—]|(?<=\w)-(?=\w)){1,60}?)"
    r"\s*(?P<sign>[.:]|(?<=\s)(?:–|—|--?))\s+(?P<rest>[^\W_]\S*\s.*)$"
)
_MOST_WORDS = 8
_LEAST_LABELS = 5
_OFTEN = 0.2  # of the paragraphs
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
    cuts = {at.index: at for at in [*_set_apart(flow), *_labelled(flow)]}
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


def _labelled(flow: Flow) -> list[_RunIn]:
    """Beginnings of paragraphs of a plain text that are labels of one kind, mostly different."""
    if flow.has_type:
        return []
    paragraphs = [k for k in range(len(flow.lines)) if flow.lines[k].stands_off]
    kinds: dict[str, list[_RunIn]] = defaultdict(list)
    running = 0
    for k in paragraphs:
        running += _runs(flow, k, 0)
        found = _read_label(flow, k)
        if found:
            kinds[found[0]].append(found[1])
    return [at for found in kinds.values() if _are_labels(flow, found, running) for at in found]


def _read_label(flow: Flow, index: int) -> tuple[str, _RunIn] | None:
    """The label that a paragraph begins with, and its kind."""
    text = flow.lines[index].text
    found = _LABEL.match(text)
    if found is None or not found["label"][0].isupper():
        return None
    words = len(title_words(found["label"]))
    kind = found["sign"] if found["sign"] in ":." else "-"
    if not 0 < words <= _MOST_WORDS or (kind == "." and not found["label"].isupper()):
        return None
    return kind, _RunIn(index, label_of(found["label"]), found.end("label"), found.start("rest"))


def _are_labels(flow: Flow, found: Sequence[_RunIn], paragraphs: int) -> bool:
    labels = {at.label for at in found}
    several = len(found) >= _LEAST_LABELS and len(labels) >= _MOSTLY * len(found)
    return several and len(found) >= _OFTEN * paragraphs and _leads_text(flow, found)


def _runs(flow: Flow, index: int, start: int) -> bool:
    """Is the line, from a place on, running text?"""
    line = flow.lines[index]
    return line.fill >= _FULL or len(line.text[start:].split()) >= _MANY_WORDS


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
    running = sum(_runs(flow, at.index, at.rest) for at in found)
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
        style=replace(line.style, bold=line.printed.size_pt > 0),
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
