"""Whoosh schema: what publications look like inside Whoosh.

A Whoosh document is a publication, since publications come and go whole. Its stored part is
everything beside the words: its digest and its sections, as JSON, and what is shown of them,
packed, texts and all, so that a snapshot can be made anew. A posting is a word of it, in exact
form; its value says where in the sections the word stands (`search.snapshot.packing`). Stems and
cases are not there: they follow from forms, languages and sections.

Words come in analysed, and sorted. Whoosh's analyzers, scorers, query parser, highlighter,
collectors and its sorting of postings are not used; only its term dictionary, postings, stored
values and commits are.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from msgspec import Struct, msgpack
from msgspec.json import Decoder, Encoder
from whoosh import fields, formats

from search.linguistics.short_forms import ShortForm
from search.snapshot.stored import Stored

INDEX_NAME = "MAIN"
PUBLICATION, SHOWN, WORDS = "publication", "shown", "words"
_LEVEL = 4  # a third of the time of the usual 6, for four bytes in a hundred more


class StoredSection(Struct, frozen=True, array_like=True):
    """Everything that the index knows of a section beside its words."""

    id: str
    language: str
    lengths: tuple[int, ...]  # in words, field by field
    facets: dict[str, tuple[str, ...]] = {}


class StoredPublication(Struct, frozen=True, array_like=True):
    """A publication, its sections in book order, the abbreviations that it introduces."""

    id: str
    digest: str
    sections: tuple[StoredSection, ...] = ()
    short_forms: tuple[ShortForm, ...] = ()


encode_publication = Encoder().encode
decode_publication = Decoder(StoredPublication).decode
_encode_shown = msgpack.Encoder().encode
_decode_shown = msgpack.Decoder(list[Stored]).decode


def pack_shown(sections: Sequence[Stored]) -> bytes:
    """Return what is shown of a publication's sections, to be stored with it."""
    return zlib.compress(_encode_shown(sections), _LEVEL)


def unpack_shown(packed: bytes) -> list[Stored]:
    """Return what is shown of a publication's sections."""
    return _decode_shown(zlib.decompress(packed))


class _PackedPlaces(formats.Format):
    """Postings whose value says where a word stands in a publication."""


class _AnalysedWords(fields.FieldType):
    """A field whose postings are given to the codec as they are."""

    def __init__(self) -> None:
        super().__init__(format=_PackedPlaces(), analyzer=None)


def make_schema() -> fields.Schema:
    """Return the schema."""
    return fields.Schema(
        **{PUBLICATION: fields.STORED(), SHOWN: fields.STORED(), WORDS: _AnalysedWords()}
    )
