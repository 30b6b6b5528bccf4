"""Page numbers: what is printed on each page, though some pages show nothing.

In:  candidate numbers by page (from the edges of pages, or lines of a plain text).
Out: a label for every page that one can be told for; gaps are filled, strays ignored.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from ingest.usual_names import is_usual_word

_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})$")
_NUMBER_LINE = re.compile(
    r"[\W_]*(?:(?P<word>[^\W\d_]{1,9})\W{1,3})?(?P<number>\d{1,4}|[ivxlcdm]{1,7}|[IVXLCDM]{1,7})"
    r"(?:\s?(?:of|/|из|аз)\s?\d{1,4})?[\W_]*$"
)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_MARKS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LEAST_VOTES = 2
_LEAST_DENSITY = 0.2  # of the pages between the first and the last of a run

_Run = tuple[bool, int]


def printed_number(text: str) -> str:
    """The page number that a line consists of ("- 12 -", "Page 12 of 60"); "" if it is none."""
    found = _NUMBER_LINE.match(text.strip())
    if not found or (found["word"] and not is_usual_word("page", found["word"])):
        return ""
    number = found["number"]
    return number if number.isdecimal() or _ROMAN.match(number.lower()) else ""


def number_value(label: str) -> int | None:
    """The value of an arabic or roman number; None for anything else."""
    if label.isdecimal():
        return int(label)
    if not _ROMAN.match(label.lower()):
        return None
    values = [_VALUES[c] for c in label.lower()]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def to_roman(value: int) -> str:
    """A number in small roman letters."""
    text = ""
    for size, mark in _MARKS:
        text, value = text + mark * (value // size), value % size
    return text


def consistent_numbers(candidates: Mapping[int, Iterable[str]]) -> dict[int, str]:
    """Of the numbers seen on each page, the one that counts on with those of other pages.

    Two pages at least must agree on the difference of printed and counted number, and not lie far
    apart, for two numbers of a text may agree by chance; a run of roman and one of arabic numbers
    each have their own.
    """
    runs: dict[_Run, set[int]] = defaultdict(set)
    for page, labels in candidates.items():
        for label in labels:
            runs[_run(page, label)].add(page)
    votes = {run: len(pages) for run, pages in runs.items() if _is_dense(pages)}
    found: dict[int, str] = {}
    for page, labels in candidates.items():
        agreed = [label for label in labels if _run(page, label) in votes]
        if agreed:
            found[page] = max(agreed, key=lambda label: votes[_run(page, label)])
    return found


def _run(page: int, label: str) -> _Run:
    """What the numbers of one run share: their kind, and how far printed and counted differ."""
    return (label.isdecimal(), (number_value(label) or 0) - page)


def _is_dense(pages: Collection[int]) -> bool:
    span = max(pages) - min(pages) + 1
    return len(pages) >= _LEAST_VOTES and len(pages) >= _LEAST_DENSITY * span


def fill_labels(printed: Mapping[int, str], pages: Iterable[int]) -> dict[int, str]:
    """Labels for all pages that stand in a run with printed ones; "" where none can be told."""
    runs: dict[_Run, list[int]] = defaultdict(list)
    for page, label in printed.items():
        runs[_run(page, label)].append(page)
    return {page: printed.get(page) or _label_from_runs(runs, page) for page in pages}


def _label_from_runs(runs: Mapping[_Run, list[int]], page: int) -> str:
    """The label that the nearest run of printed numbers gives a page without one."""
    within = [key for key, pages in runs.items() if min(pages) <= page <= max(pages)]
    nearest = sorted(runs, key=lambda key: (min(abs(page - p) for p in runs[key]), key))
    for is_arabic, offset in within or nearest:
        value = page + offset
        if value >= 1:
            return str(value) if is_arabic else to_roman(value)
    return ""
