"""Whoosh schema: what documents look like inside Whoosh.

A Whoosh document is a *block*: up to `BLOCK_SIZE` documents of one publication and scope. Its
stored part is everything beside their words, as JSON; a posting's value is the packed positions
of one form in all documents of the block. Blocks cost Whoosh a tenth of the postings that single
documents would, and publications come and go whole, so nothing smaller need be deleted. The note
that a publication is indexed (its digest) is a block without documents: it stands or falls in the
same commit as they.

Words come in analysed. Each scope has fields of its own, so that a form's postings are those of
one scope. Whoosh's analyzers, scorers, query parser, highlighter and collectors are not used;
only its term dictionary, postings and commits are.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from msgspec import Struct
from msgspec.json import Decoder, Encoder
from whoosh import fields, formats

from search.analysis import View
from search.engine import Scope
from search.linguistics.short_forms import ShortForm

BLOCK_SIZE = 256


class StoredDocument(Struct, frozen=True, array_like=True):
    """Everything that the index knows of a document beside its words."""

    id: str
    order: int
    length: int
    facets: dict[str, tuple[str, ...]] = {}


class StoredBlock(Struct, frozen=True, array_like=True):
    """The stored part of a block; one with a digest is the note of a publication.

    Such a note also holds the abbreviations that the publication introduces.
    """

    publication: str
    scope: Literal["sections", "cases", ""]
    documents: tuple[StoredDocument, ...] = ()
    digest: str = ""
    short_forms: tuple[ShortForm, ...] = ()


encode_block = Encoder().encode
decode_block = Decoder(StoredBlock).decode


class _PackedPositions(formats.Format):
    """Postings whose value says where a form stands in the documents of a block."""


class _AnalysedWords(fields.FieldType):
    """A field that takes words already analysed: form → numbers, as `pack_positions` says."""

    def __init__(self) -> None:
        super().__init__(format=_PackedPositions(), analyzer=None)

    def index(
        self, value: Mapping[str, list[int]], **_: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield (form, frequency, weight, value), as Whoosh takes them."""
        for form, numbers in value.items():
            yield form.encode(), 1, 1.0, array("I", numbers).tobytes()


def pack_positions(place: int, positions: list[int]) -> list[int]:
    """Say where a form stands in the document at one place of a block: place, count, positions."""
    return [place, len(positions), *positions]


def unpack_positions(value: bytes) -> Iterator[tuple[int, array[int]]]:
    """Yield (place in the block, positions) for every document of a posting."""
    numbers = array("I", value)
    at = 0
    while at < len(numbers):
        end = at + 2 + numbers[at + 1]
        yield numbers[at], numbers[at + 2 : end]
        at = end


def words_field(scope: Scope, view: View) -> str:
    """Return the name of the Whoosh field that holds a view of a scope's words."""
    return f"{scope}_{view}"


def make_schema() -> fields.Schema:
    """Return the schema."""
    words = {
        words_field(scope, view): _AnalysedWords()
        for scope in get_args(Scope)
        for view in get_args(View)
    }
    return fields.Schema(publication=fields.ID(), block=fields.STORED(), **words)
