"""Contents page: what the book itself says it holds.

In:  the flow of a publication.
Out: the stretch of lines that is its table of contents, and the entries in it.

An entry is a line that ends in leaders, in a page number, or in both. Lines between entries are
kept with the entry that follows them (`above`): an organisation, the first line of a wrapped title
or the name of a group; which of these it is shows only beside the text (contents_match.py).

Lists of figures, tables or examples may follow; they are told by their page numbers, which begin
anew below a line of their own. A part may open with a contents page of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.flow import Flow
from ingest.page_numbers import number_value, printed_number
from ingest.usual_names import is_usual_word

_LEADER = r"(?:\s*[.…·‥_‧]){3,}\s*|\s*…\s*"
_WITH_LEADER = re.compile(
    rf"^(?P<title>.*?\S)(?P<leader>{_LEADER})(?P<page>\d{{1,4}}|[ivxlc]{{1,7}})?\s*$"
)
_WITH_NUMBER = re.compile(r"^(?P<title>.*?[^\W\d_].*?)[\s.…·_]+(?P<page>\d{1,4}|[ivxlc]{1,7})$")
_GLUED_NUMBER = re.compile(r"^(?P<title>.*?[^\W\d_]\W*?)\.{2,}(?P<page>\d{1,4})$")
_ONLY_LEADER = re.compile(r"^[\s.…·‥_]*(?P<page>\d{1,4}|[ivxlc]{1,7})?$")
_LONGEST = 400  # characters; a longer row is a paragraph
_LEAST_ENTRIES = 3
_LEAST_UNHEADED = 5
_PATIENCE = 6  # rows without a page in a row; then the contents page is over
_MOSTLY = 0.8
_SAME_ROW = 0.5  # of a line's height


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A promise: a title, the label of its page ("" where lost), and the lines above it."""

    title: str
    page_label: str
    above: tuple[str, ...]
    left: float  # of its left edge; leading blanks in a text
    prominence: tuple[int, bool, bool]
    above_left: tuple[float, ...] = ()
    above_fill: tuple[float, ...] = ()  # how far each line above reaches towards a full line


@dataclass(frozen=True, slots=True)
class ContentsPage:
    """The lines [start, end) of the flow that are the table of contents, and its entries."""

    start: int
    end: int
    entries: tuple[ContentsEntry, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """Flow lines that stand on one level, read from left to right."""

    start: int
    end: int
    text: str
    left: float
    prominence: tuple[int, bool, bool]
    fill: float

    @property
    def page_alone(self) -> str | None:
        """The page label of a row without a title ("" for leaders alone); None for other rows."""
        found = _ONLY_LEADER.match(self.text)
        return (found["page"] or "") if found else None

    def read(self) -> tuple[str, str, bool] | None:
        """Title, page label and whether leaders join them; None for no entry."""
        if len(self.text) > _LONGEST or self.page_alone is not None:
            return None
        found = _WITH_LEADER.match(self.text) or _GLUED_NUMBER.match(self.text)
        if found:
            return found["title"].rstrip(" .…·_"), found["page"] or "", True
        found = _WITH_NUMBER.match(self.text)
        if found and not self.text.rstrip().endswith("."):
            return found["title"].rstrip(" .…·_"), found["page"], False
        return None


def find_contents(flow: Flow) -> ContentsPage | None:
    """Find the table of contents; None where the book has none that can be read."""
    rows = _rows(flow)
    runs = [run for start in _starts(rows) if (run := _run(rows, start)) is not None]
    if not runs:
        return None
    first, last = max(runs, key=lambda run: _entry_count(rows, run))
    entries = _entries(rows[first : _further_list(rows, first, last)])
    return ContentsPage(rows[first].start, rows[last].end, entries)


def contents_of_parts(flow: Flow, contents: ContentsPage) -> frozenset[int]:
    """The lines of further contents pages behind the first: what a part holds."""
    rows = [row for row in _rows(flow) if row.start >= contents.end]
    found: set[int] = set()
    for start in (k for k, row in enumerate(rows) if is_usual_word("contents", row.text)):
        run = _run(rows, start)
        if run and _has_leaders(rows[start + 1 : run[1] + 1]):
            found.update(range(rows[start].start, rows[run[1]].end))
    return frozenset(found)


def _has_leaders(rows: list[_Row]) -> bool:
    """Do leaders join most entries to their page numbers?"""
    read = [entry for row in rows if (entry := row.read())]
    return sum(leaders for *_, leaders in read) >= _MOSTLY * len(read)


def _further_list(rows: list[_Row], first: int, last: int) -> int:
    """The row that heads another list in the run [first, last]; the row after it where none does.

    Page numbers fall far back below such a row, and go up again.
    """
    highest = 0
    for k in range(first, last + 1):
        value = _value(rows[k])
        below = [n for row in rows[k + 1 : k + 1 + _LEAST_ENTRIES] if (n := _value(row))]
        heads = value is None and rows[k].read() is None and rows[k].page_alone is None
        if heads and below and max(below) * 2 < highest:
            return k
        highest = max(highest, value or 0)
    return last + 1


def _value(row: _Row) -> int | None:
    """The number of the page that an entry leads to, where it is a figure."""
    read = row.read()
    return number_value(read[1]) if read and read[1].isdecimal() else None


def _rows(flow: Flow) -> list[_Row]:
    """Lines of the flow, those on one level joined: title and page number may lie apart."""
    rows: list[_Row] = []
    start = 0
    while start < len(flow.lines):
        end = start + 1
        while end < len(flow.lines) and _on_one_level(flow, start, end):
            end += 1
        rows.append(_row(flow, start, end))
        start = end
    return rows


def _on_one_level(flow: Flow, start: int, other: int) -> bool:
    one, two = flow.lines[start], flow.lines[other]
    a, b = one.printed.box, two.printed.box
    if one.page != two.page or a is None or b is None:
        return False
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap > _SAME_ROW * min(a.bottom - a.top, b.bottom - b.top)


def _row(flow: Flow, start: int, end: int) -> _Row:
    lines = sorted(flow.lines[start:end], key=lambda x: x.printed.box.left if x.printed.box else 0)
    first = lines[0]
    left = first.printed.box.left if first.printed.box else float(first.printed.indent)
    text = "  ".join(line.text for line in lines)
    return _Row(start, end, text, left, first.style.prominence, max(x.fill for x in lines))


def _starts(rows: list[_Row]) -> list[int]:
    """Rows that a table of contents may begin at: its usual heading, or a thick of entries."""
    headed = [k for k, row in enumerate(rows) if is_usual_word("contents", row.text)]
    if headed:
        return headed
    sure = [k for k, row in enumerate(rows) if (read := row.read()) and read[2]]
    return sure[:1] if len(sure) >= _LEAST_UNHEADED else []


def _run(rows: list[_Row], start: int) -> tuple[int, int] | None:
    """From a start, the rows up to the last entry before entries cease."""
    headed = is_usual_word("contents", rows[start].text)
    last, count, since, prose = start, 0, 0, 0
    highest = 0
    for k in range(start + headed, len(rows)):
        read = rows[k].read()
        number = rows[k].page_alone is not None or printed_number(rows[k].text)
        value = number_value(read[1]) if read and read[1].isdecimal() else None
        fits = read is not None and (read[2] or (value is not None and value >= highest))
        if fits or number:
            last, since, prose, count = k, 0, 0, count + fits
            highest = max(highest, value or 0)
            continue
        since += 1
        prose = prose + 1 if rows[k].text.endswith((".", ",", ";")) else prose
        if since > _PATIENCE or prose > 2:  # noqa: PLR2004 - two lines of running text are chance
            break
    least = _LEAST_ENTRIES if headed else _LEAST_UNHEADED
    return (start, last) if count >= least else None


def _entry_count(rows: list[_Row], run: tuple[int, int]) -> int:
    return sum(row.read() is not None for row in rows[run[0] : run[1] + 1])


def _entries(rows: list[_Row]) -> tuple[ContentsEntry, ...]:
    entries: list[ContentsEntry] = []
    above: list[_Row] = []
    loose: list[str] = []  # labels that stand on rows of their own
    for row in rows:
        if row.page_alone is not None:
            if row.page_alone and entries and not row.text.strip().isalnum():
                entries[-1] = replace(entries[-1], page_label=row.page_alone)
            elif row.page_alone:
                loose.append(row.page_alone)
        elif read := row.read():
            entries.append(_entry(row, read[0], read[1], above))
            above = []
        elif not printed_number(row.text) and not is_usual_word("contents", row.text):
            above.append(row)
    return _with_loose_labels(entries, loose)


def _entry(row: _Row, title: str, page_label: str, above: list[_Row]) -> ContentsEntry:
    return ContentsEntry(
        title=" ".join(title.split()),
        page_label=page_label,
        above=tuple(" ".join(r.text.split()).rstrip(" .…") for r in above),
        left=row.left,
        prominence=row.prominence,
        above_left=tuple(r.left for r in above),
        above_fill=tuple(r.fill for r in above),
    )


def _with_loose_labels(entries: list[ContentsEntry], loose: list[str]) -> tuple[ContentsEntry, ...]:
    """A column of page numbers that came apart from its titles, if it gives one to each."""
    without = [k for k, entry in enumerate(entries) if not entry.page_label]
    if without and len(without) == len(loose):
        for k, label in zip(without, loose, strict=True):
            entries[k] = replace(entries[k], page_label=label)
    return tuple(entries)
