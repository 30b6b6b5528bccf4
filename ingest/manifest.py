"""Manifest: what the editor says about a publication, in TOML.

In:  the text of a `manifest.toml`.
Out: a `Manifest`, checked.
Errors: `ManifestError` names the key, what was expected there and what was found.

Every table and key may be left out (docs/manifest.md shows examples):

    [publication]
    title, subtitle, publisher, place, isbn, rights    text
    id                 the address of the publication: small letters, digits, hyphens
    year               a whole number
    language           "en", "ru", "tg" …
    authors            a list of names
    rights_download    true: readers may download the source
    translation_of     id of the publication that is the same book in another language

    [translations]     a case or section and what stands for it in that other publication
    "case" = "case-there"             "" where nothing does
    "case/section" = "case-there/section-there"

    [kinds]            further usual names of sections
    "General data" = "general-information"

    [parts]            a part and the case it begins with
    "Northern region" = "id-of-its-first-case"

    [pages]            for a plain text: a page and the words it begins with
    12 = "The second project was"

    [corrections]      by the address that the dry run shows: "case" or "case/section"; "start"
                       is the text before the first heading, which can be split
    "case" = {title = "…", organisation = "…", part = "…", kind = "front"}
    "case/section" = {heading = "…", kind = "…"}

    title, heading     rename it
    organisation       of a case
    part               of this one case ("" takes it out of its part)
    language           of its text: "en", "ru", "tg" …; "und" for another
    kind               of a case: "case", "front", "back"; of a section: any
    level              what it is: "part", "case", "section", "heading"
    merge = true       it goes on with the one before; its heading stays as a sub-heading
    drop = true        it is no heading: its line is text of what stands before
    split = "words"    begin a new section at the line that starts with these words; `heading`
                       and `kind` then name the new one, `level = "case"` makes it a case
    page               the page of the file that it begins on
"""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct

from ingest.errors import ManifestError

_FIX = "docs/manifest.md lists every key"
_PATH = re.compile(r" - at `(?:key in )?\$?\.?(?P<path>[^`]*)`$")
_LEVELS = '"part", "case", "section" or "heading"'
_IN_WORDS = (
    (r" \| null", ""),
    (r"`?int`?\b`?", "a whole number"),
    (r"`?float`?\b`?", "a number"),
    (r"`?bool`?\b`?", "true or false"),
    (r"`?array`?\b`?", "a list in square brackets"),
    (r"`?object`?\b`?", "a table"),
    (r"`str` matching regex '\^\[a-z\]\{2,3\}\$'", 'two or three small letters, as in "en"'),
    (r"`str` matching regex '.*'", "small letters and digits joined by hyphens"),
    (r"`?str`?\b`?", "text in quotation marks"),
    (r"Invalid enum value '(?P<given>.*)'", rf"expected {_LEVELS}, got “\g<given>”"),
    (r"`", ""),
)
_Wanted = TypeVar("_Wanted")

Year = Annotated[int, Meta(ge=1000, le=2999)]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
LanguageCode = Annotated[str, Meta(pattern="^[a-z]{2,3}$")]
PageNumber = Annotated[int, Meta(ge=1)]


class PublicationFacts(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said about the publication as a whole; None and "" leave it to the guess."""

    title: str = ""
    subtitle: str = ""
    id: Slug | None = None
    year: Year | None = None
    language: LanguageCode | None = None
    publisher: str = ""
    place: str = ""
    authors: tuple[str, ...] = ()
    isbn: str = ""
    rights: str = ""
    rights_download: bool = False
    translation_of: Slug | None = None


class Correction(Struct, frozen=True, forbid_unknown_fields=True):
    """One correction of a case or section."""

    title: str = ""
    heading: str = ""
    organisation: str | None = None
    part: str | None = None
    kind: str = ""
    language: LanguageCode | None = None
    level: Literal["part", "case", "section", "heading"] | None = None
    merge: bool = False
    drop: bool = False
    split: str = ""
    page: PageNumber | None = None


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """All that the editor said."""

    publication: PublicationFacts = PublicationFacts()
    kinds: dict[str, Slug] = {}
    parts: dict[str, str] = {}
    pages: dict[str, str] = {}
    translations: dict[str, str] = {}
    corrections: dict[str, Correction] = {}


_NAMED_BY_THE_EDITOR: dict[str, Any] = {
    "kinds": Slug,
    "parts": str,
    "pages": str,
    "translations": str,
    "corrections": Correction,
}


def read_manifest(text: str, name: str = "manifest.toml") -> Manifest:
    """Read and check a manifest; `name` stands in the message when it cannot be used."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ManifestError(f"it is no valid TOML ({error})", where=name, fix=_FIX) from error
    for table, kind_of_value in _NAMED_BY_THE_EDITOR.items():
        entries = said.get(table)
        for key, value in entries.items() if isinstance(entries, dict) else ():
            _convert(value, kind_of_value, f"{table}.{key}", name)
    return _convert(said, Manifest, "", name)


def _convert(said: object, wanted: type[_Wanted], key: str, name: str) -> _Wanted:
    try:
        return msgspec.convert(said, wanted)
    except msgspec.ValidationError as error:
        raise ManifestError(_in_words(str(error), key), where=name, fix=_FIX) from error


def _in_words(message: str, key: str) -> str:
    """The validator's message as a sentence: the key, what was expected, what was found."""
    found = _PATH.search(message)
    path = ".".join(part for part in (key, found["path"] if found else "") if part)
    said = message[: found.start()] if found else message
    if unknown := re.search(r"unknown field `(?P<key>[^`]+)`", said):
        return "the key “{}” is unknown".format(".".join(p for p in (path, unknown["key"]) if p))
    for code, words in _IN_WORDS:
        said = re.sub(code, words, said)
    return f"at “{path}”: {said[0].lower()}{said[1:]}" if path else said
