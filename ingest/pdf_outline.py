"""Outline: what a PDF says about itself: bookmarks, page labels, title and author.

In:  an opened document.
Out: outline entries with their pages, one label a page, metadata as clean one-line strings.
Errors: none; what is broken is left out. Every walk is bounded and free of recursion.
Source: ISO 32000-2, 12.3.2, 12.3.3, 12.4.2 and 14.3.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pdfminer.pdftypes import PDFObjRef
from pdfminer.psparser import PSLiteral

from ingest.pdf_document import OpenedPdf, resolve_catalog
from ingest.pdf_objects import as_dict, as_int, as_list, as_name, as_text, resolve
from search.model import OutlineEntry

MAX_ENTRIES, MAX_DEPTH = 20_000, 50
MAX_NAMES, MAX_LABEL_RANGES = 100_000, 20_000
MAX_ROMAN, MAX_LETTERS = 4_000, 20
INFO_KEYS = {"Title": "title", "Author": "author", "Subject": "subject", "Keywords": "keywords"}
YEAR = re.compile(r"^(?:D:)?((?:1[89]|20)\d\d)")
ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)


def read_outline(opened: OpenedPdf) -> tuple[OutlineEntry, ...]:
    """Read the bookmarks in order."""
    catalog = resolve_catalog(opened)
    numbers = {page.object_id: n for n, page in enumerate(opened.pages, 1) if page}
    names: dict[bytes, object] | None = None
    entries = []
    for level, item in _bookmarks(as_dict(catalog.get("Outlines"))):
        title = as_text(item.get("Title"))
        target = _target(item)
        if isinstance(target, bytes) and names is None:
            names = _named_destinations(catalog)
        if title:
            page = _page_of(target, names or {}, numbers, len(opened.pages))
            entries.append(OutlineEntry(level, title, page))
    return tuple(entries)


def _bookmarks(root: Mapping[str, object]) -> Iterator[tuple[int, dict[str, object]]]:
    waiting = [(root.get("First"), 1)]
    seen: set[int] = set()
    while waiting and len(seen) < MAX_ENTRIES:
        reference, level = waiting.pop()
        if not isinstance(reference, PDFObjRef) or reference.objid in seen:
            continue
        seen.add(reference.objid)
        item = as_dict(reference)
        yield min(level, MAX_DEPTH), item
        waiting += [(item.get("Next"), level), (item.get("First"), level + 1)]


def _target(item: Mapping[str, object]) -> object:
    """Tell where a bookmark leads: an array, or the name of one as bytes."""
    target = resolve(item.get("Dest"))
    action = as_dict(item.get("A"))
    if target is None and as_name(action.get("S")) == "GoTo":
        target = resolve(action.get("D"))
    return _as_key(target) if isinstance(target, PSLiteral) else target


def _as_key(name: PSLiteral) -> bytes:
    return name.name.encode() if isinstance(name.name, str) else name.name


def _page_of(
    target: object, names: Mapping[bytes, object], numbers: Mapping[int, int], total: int
) -> int | None:
    if isinstance(target, bytes):
        target = resolve(names.get(target))
    if isinstance(target, dict):
        target = resolve(target.get("D"))
    if not isinstance(target, list) or not target:
        return None
    if isinstance(target[0], PDFObjRef):
        return numbers.get(target[0].objid)
    return target[0] + 1 if isinstance(target[0], int) and 0 <= target[0] < total else None


def _named_destinations(catalog: Mapping[str, object]) -> dict[bytes, object]:
    """Gather the named destinations of the old kind (a dictionary) and of the new (a tree)."""
    old = as_dict(catalog.get("Dests"))
    found = {name.encode(): value for name, value in list(old.items())[:MAX_NAMES]}
    for key, value in _tree(as_dict(catalog.get("Names")).get("Dests"), "Names"):
        name = resolve(key)
        if isinstance(name, bytes) and len(found) < MAX_NAMES:
            found[name] = value
    return found


def _tree(root: object, leaf: str) -> Iterator[tuple[object, object]]:
    """Yield the pairs of a name tree or number tree, each node entered once."""
    waiting, seen = [root], set[int]()
    while waiting and len(seen) < MAX_NAMES:
        reference = waiting.pop()
        mark = reference.objid if isinstance(reference, PDFObjRef) else -len(seen) - 1
        if mark in seen:
            continue
        seen.add(mark)
        node = as_dict(reference)
        pairs = as_list(node.get(leaf))
        yield from zip(pairs[::2], pairs[1::2], strict=False)
        waiting += reversed(as_list(node.get("Kids"))[:MAX_NAMES])


def read_labels(opened: OpenedPdf) -> tuple[str, ...]:
    """Read the label of each page; empty where the file has none."""
    catalog = resolve_catalog(opened)
    total = len(opened.pages)
    ranges: dict[int, dict[str, object]] = {}
    for key, value in _tree(catalog.get("PageLabels"), "Nums"):
        if 0 <= (start := as_int(key, -1)) < total and len(ranges) < MAX_LABEL_RANGES:
            ranges[start] = as_dict(value)
    labels: list[str] = []
    current, first = dict[str, object](), 0
    for index in range(total if ranges else 0):
        if index in ranges:
            current, first = ranges[index], index
        labels.append(_label(current, index - first))
    return tuple(labels)


def _label(style: Mapping[str, object], offset: int) -> str:
    number = as_int(style.get("St"), 1) + offset
    prefix = as_text(style.get("P"), 40)
    return (prefix + _numeral(number, as_name(style.get("S"))))[:60]


def _numeral(number: int, style: str) -> str:
    if not style:
        return ""
    if style in {"r", "R"} and 0 < number < MAX_ROMAN:
        text = _roman(number)
    elif style in {"a", "A"} and 0 < number <= 26 * MAX_LETTERS:
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    else:
        text = str(number)[:MAX_LETTERS]
    return text.upper() if style.isupper() else text


def _roman(number: int) -> str:
    letters = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        letters += sign * count
    return letters


def read_metadata(opened: OpenedPdf) -> dict[str, str]:
    """Read title, author, subject, keywords, year of creation and language."""
    found: dict[str, str] = {}
    for info in opened.document.info:
        attributes = as_dict(info)
        for key, name in INFO_KEYS.items():
            found.setdefault(name, as_text(attributes.get(key)))
        year = YEAR.match(as_text(attributes.get("CreationDate")))
        found.setdefault("year", year[1] if year else "")
    found["language"] = as_text(resolve_catalog(opened).get("Lang"), 35)
    return {name: value for name, value in found.items() if value}
