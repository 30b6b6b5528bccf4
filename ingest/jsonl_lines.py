"""The lines of a file of sections: one JSON object each, checked.

In:  a file. `publication`, `case`, `section` and `text` are needed; other keys than those of
     `SectionLine` are left alone; empty lines are passed over.
Out: `NumberedLine`s, one at a time.
Errors: InputError naming the line and the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from search.errors import InputError
from search.model import CaseKind

_Id = Annotated[str, Meta(min_length=1, max_length=200)]
_ENCODING_MARK = b"\xef\xbb\xbf"
_FORM = 'A line reads {"publication": "…", "case": "…", "section": "…", "text": "…"}'


class SectionLine(Struct, frozen=True):
    """One line of the file; a key that is null is as good as missing."""

    publication: _Id
    case: _Id
    section: _Id
    text: str
    publication_title: str | None = None
    case_title: str | None = None
    organisation: str | None = None
    part: str | None = None
    section_kind: str | None = None
    heading: str | None = None
    language: str | None = None
    year: Annotated[int, Meta(ge=1, le=9999)] | None = None
    page: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    page_label: str | None = None
    case_kind: CaseKind | None = None
    translation_of: str | None = None


_EXPECTED = {
    "year": "a whole number such as 2007",
    "page": "a whole number, 1 or more",
    "case_kind": "“case”, “front” or “back”",
    **dict.fromkeys(("publication", "case", "section"), "a text of 1 to 200 characters"),
}


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line as it stands in the file: number from 1, bytes, how far into the file it ends."""

    number: int
    section: SectionLine
    raw: bytes
    end: int


def read_lines(path: Path) -> Iterator[NumberedLine]:
    """Yield the lines of a file; the first that cannot be used ends it with an InputError."""
    decoder = msgspec.json.Decoder(SectionLine)
    end = 0
    for number, raw in enumerate(_raw_lines(path), 1):
        end += len(raw)
        if line := raw.removeprefix(_ENCODING_MARK).strip():
            section = _decoded(decoder, line, f"{path.name}, line {number}")
            yield NumberedLine(number, section, raw, end)
    if not end:
        raise InputError("the file is empty", where=path.name, fix=_FORM)


def _raw_lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        raise InputError(_reason(error), where=str(path)) from error


def _decoded(decoder: msgspec.json.Decoder[SectionLine], line: bytes, where: str) -> SectionLine:
    try:
        return decoder.decode(line)
    except msgspec.ValidationError as error:
        raise InputError(_complaint(str(error)), where=where, fix=_FORM) from error
    except UnicodeDecodeError as error:
        raise InputError("the line is not UTF-8", where=where, fix="Save it as UTF-8") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError("the line is no JSON object", where=where, fix=_FORM) from error


def _complaint(message: str) -> str:
    """Say in plain words what msgspec found wrong with a value."""
    if missing := re.search(r"required field `(\w+)`", message):
        return f"the key “{missing[1]}” is missing"
    if wrong := re.search(r"at `\$\.(\w+)`", message):
        return f"the key “{wrong[1]}” should be {_EXPECTED.get(wrong[1], 'a text')}"
    return "the line is no JSON object"


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "this is a folder, not a file of JSON lines"
    return f"the file cannot be read: {error.strerror}"
