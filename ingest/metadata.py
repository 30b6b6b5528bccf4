"""Metadata: what a publication says of itself: title, year, ISBN, publisher, place, authors.

In:  the flow, the first line of the text proper, and the PDF's own metadata.
Out: `Facts`, guessed; what the manifest says goes over them (record.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest.flow import Flow
from ingest.language import detect_language
from ingest.place_of_publication import is_place_line, read_place
from ingest.titles import join_wrapped, likeness
from ingest.usual_names import is_usual_word, labelled_value

_ISBN = re.compile(
    r"ISBN(?:-1[03])?:?\s*(?P<isbn>(?:97[89][-\s]?)?\d[\d\s-]{7,15}[\dX\u0425])", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?P<year>(?:19|20)\d\d)\b")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|^[c\u0441]\s)\s*(?P<rest>.+)", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\.(docx?|pdf|indd|qxd|rtf|odt|tex|txt)$|^(microsoft word|untitled)", re.IGNORECASE
)
_MOST_TITLE_LINES = 4
_MOST_TITLE_CHARS = 160
_MOST_PLAIN_CHARS = 100  # where no type sets the title off
_LIKE = 0.75
_MOST_AUTHORS = 8
_WORDS_OF_A_NAME = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found; "" and None where nothing was."""

    title: str = ""
    year: int | None = None
    isbn: str = ""
    publisher: str = ""
    place: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""


def guess_facts(flow: Flow, text_start: int, metadata: Mapping[str, str]) -> Facts:
    """Guess a publication's facts; `text_start` is the first line after title and imprint."""
    front = [line.text for line in flow.lines[: max(text_start, 1)]]
    text = " ".join(line.text for line in flow.lines)
    publisher, authors = _publisher(front), _authors(front, metadata.get("author", ""))
    place, instead = read_place(front, text, [publisher, *authors])
    return Facts(
        title=_title(flow, text_start, metadata.get("title", "")),
        year=_year(front),
        isbn=next((_clean_isbn(m["isbn"]) for t in front if (m := _ISBN.search(t))), ""),
        publisher=publisher or instead,
        place=place,
        authors=authors,
        language=detect_language(text),
    )


def _title(flow: Flow, text_start: int, said: str) -> str:
    """The PDF's own title where it is printed too; else the largest lines of the first page."""
    printed = _printed_title(flow, text_start)
    said = " ".join(said.split())
    if not said or _FILE_NAME.search(said):
        return printed
    front = " ".join(line.text for line in flow.lines[: max(text_start, 1)])
    is_printed = said.casefold() in " ".join(front.split()).casefold()
    return said if is_printed or likeness(said, printed) > _LIKE or not printed else printed


def _printed_title(flow: Flow, text_start: int) -> str:
    if not flow.lines:
        return ""
    first_page = [
        k
        for k, line in enumerate(flow.lines[: max(text_start, 1)])
        if line.page == flow.lines[0].page
    ]
    start = first_page[0]
    if flow.has_type:
        start = max(first_page, key=lambda k: (flow.lines[k].style.prominence, -k))
    title = [flow.lines[start].text]
    for k in range(start + 1, min(start + _MOST_TITLE_LINES, first_page[-1] + 1)):
        line = flow.lines[k]
        goes_on = line.style == flow.lines[start].style and (flow.has_type or not line.stands_off)
        most = _MOST_TITLE_CHARS if flow.has_type else _MOST_PLAIN_CHARS
        if not goes_on or is_place_line(line.text) or len(" ".join([*title, line.text])) > most:
            break
        title.append(line.text)
    return join_wrapped(title)


def _year(front: Sequence[str]) -> int | None:
    """The year that the title page and imprint name most often; a copyright line counts double."""
    votes: Counter[int] = Counter()
    for text in front:
        weight = 2 if _COPYRIGHT.search(text) or is_place_line(text) else 1
        for found in _YEAR.finditer(text):
            votes[int(found["year"])] += weight
    return votes.most_common(1)[0][0] if votes else None


def _clean_isbn(text: str) -> str:
    return re.sub(r"\s+", "-", text.strip())


def _publisher(front: Sequence[str]) -> str:
    """What stands behind "Publisher:", else the holder of the copyright."""
    said = next((v for t in front if (v := labelled_value("publisher", t))), "")
    if said:
        return said
    held = next((m["rest"] for t in front if (m := _COPYRIGHT.search(t)) and _YEAR.search(t)), "")
    return re.sub(r"[\s,.;]*\b(?:19|20)\d\d\b[\s,.;–-]*", "", held).strip(" .,")


def _authors(front: Sequence[str], said: str) -> tuple[str, ...]:
    """What stands behind or below "Authors:", else the PDF's own author."""
    for at, text in enumerate(front):
        if value := labelled_value("authors", text):
            return _several(value)
        if text.rstrip().endswith(":") and is_usual_word("authors", text):
            below = takewhile(_is_name, front[at + 1 : at + _MOST_AUTHORS])
            return tuple(line.strip() for line in below)
    return _several(said) if said and not _FILE_NAME.search(said) else ()


def _is_name(line: str) -> bool:
    return len(line.split()) <= _WORDS_OF_A_NAME and not re.search(r"\d|ISBN|:", line)


def _several(said: str) -> tuple[str, ...]:
    """One author, or several where each part has at least a name and an initial."""
    names = [name.strip() for name in re.split(r"[,;]", said) if name.strip()]
    return tuple(names) if all(" " in name for name in names) else (said,)
