"""Building: documents and where their words stand → the arrays of a snapshot.

In:  batches of documents with their words; the publications they belong to.
Out: arrays by name and the note `About`; the same for the same documents in any order.

Documents are numbered in book order: by publication; in it by case, where the first section of
each stands; then by order and id. Every text field of every document has a stretch of *addresses*,
one a word and an empty one behind, so that words of two fields are never neighbours: a phrase is a
run of addresses. Arrays of the scope `sections`, per view of it:

| array | what | type |
| --- | --- | --- |
| `lengths` | words of each document | int32 |
| `fields` | first address of each field of each document, and the end | int32 |
| `languages` | number of the language of each document | int32 |
| `case` | the case that each section stands in | int32 |
| `ids`, `ids_at` | the documents' ids one after another, and where each begins | uint8, int32 |
| `stored`, `stored_at` | what is shown of documents (`search.snapshot.stored`) | uint8, int64 |
| `facet/NAME/values`, `…/at` | numbers of the values of each document, where each begins | int32 |
| `VIEW/text`, `VIEW/text_at` | sorted words one after another, where each begins | uint8, int64 |
| `VIEW/keys` | the first eight bytes of each word, to look it up by | uint64 |
| `VIEW/documents`, `…_at` | the documents of each word, where each word's begin | int32, int64 |
| `VIEW/times` | how often it stands there, weighted by field | uint8, uint16 or float32 |
| `VIEW/places`, `…_at` | the addresses of each word, where each word's begin | int32, int64 |
| `exact/forward` | the word at each address, -1 behind a field | int32 |
| `exact/following` | the addresses of each word in the order of the two words behind | int32 |
| `exact/backward` | the words in the order of their letters from behind | int32 |
| `exact/joined` | whether a word also stands for several, written with hyphens | uint8 |
| `stem/forms`, `…_at` | the exact words at each stem's places, where they begin | int32, int64 |
| `exact/folded`, `…_words` | checksums of folded keys, rising; their words | uint32, int32 |
| `exact/folded_names` | words that may be names, in the order of their folded keys | int32 |

A case is a run of sections, and shares their words and addresses. The scope `cases` has of its own
`lengths`, `ids`, `stored`, facets, each view's `documents` and `times`, and `firsts`: the first
section of each case, and the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import cast

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from search.analysis import View
from search.engine import Scope
from search.linguistics.short_forms import ShortForm
from search.snapshot.arrays import Array
from search.snapshot.case_arrays import Runs, case_facet, case_lengths
from search.snapshot.fields import FIELD_COUNT
from search.snapshot.folded import folded_arrays
from search.snapshot.gathering import Batch, Entry, Ints, first_addresses
from search.snapshot.numbering import Occurrences, Stems, forms_of, joined, stemmed, stems_of
from search.snapshot.stored import stored_arrays
from search.snapshot.word_arrays import Ground, packed_texts, posting_arrays, word_arrays

_MOST_ADDRESSES = (1 << 31) - 1


class IndexedPublication(Struct, frozen=True, array_like=True):
    """A publication in a segment.

    `short_forms` are abbreviations that it introduces, with their long forms, frequent ones first.
    """

    id: str
    digest: str
    short_forms: tuple[ShortForm, ...] = ()


class AboutScope(Struct, frozen=True):
    """What a scope holds: for each publication where its documents begin, then where they end.

    `facets` lists the values of each facet, by number.
    """

    starts: tuple[int, ...]
    facets: dict[str, tuple[str, ...]]


class About(Struct, frozen=True):
    """What travels with the arrays; publications are sorted by id, languages by code."""

    publications: tuple[IndexedPublication, ...]
    languages: tuple[str, ...]
    scopes: dict[Scope, AboutScope]


@dataclass(frozen=True, slots=True)
class Built:
    """A snapshot's arrays and their note, and the documents in their order."""

    arrays: dict[str, Array]
    about: About
    entries: Sequence[Entry]


def build(publications: Iterable[IndexedPublication], batches: list[Batch]) -> Built:
    """Build a snapshot; the list of batches is emptied on the way, so that their memory can go."""
    known = tuple(sorted(publications, key=lambda publication: publication.id))
    entries, lengths, exact = joined(batches)
    batches.clear()
    runs = Runs.of(entries)
    languages = tuple(sorted({entry.language for entry in entries}))
    facets = _facets(entries)
    about = About(
        known,
        languages,
        {
            "sections": AboutScope(_starts(known, [e.publication for e in entries]), facets),
            "cases": AboutScope(_starts(known, runs.publications), facets),
        },
    )
    arrays = dict(_document_arrays(entries, lengths, runs, about))
    spoken = arrays["sections/languages"]
    ground = Ground(lengths, runs)
    language = spoken[ground.documents(exact.address)]
    stems = stems_of(exact, language, languages)
    for view, found in _views(exact, stems):
        for name, array in _view_arrays(view, found, ground):
            arrays[name] = np.ascontiguousarray(array)
    forms = forms_of(exact, stems, cast("Ints", arrays["sections/exact/forward"]))
    arrays["sections/stem/forms"], arrays["sections/stem/forms_at"] = forms
    for name, array in folded_arrays(exact, language, languages):
        arrays[f"sections/exact/{name}"] = array
    return Built(arrays, about, entries)


def _views(exact: Occurrences, stems: Stems) -> Iterable[tuple[View, Occurrences]]:
    yield "exact", exact
    yield "stem", stemmed(exact, stems)


def _view_arrays(view: View, found: Occurrences, ground: Ground) -> Iterable[tuple[str, Array]]:
    for name, array in word_arrays(found, ground, is_whole=view == "exact"):
        yield f"sections/{view}/{name}", array
    owners = ground.documents(found.address)
    for name, array in posting_arrays(found, owners, ground.weights(found.address)):
        yield f"sections/{view}/{name}", array
    kept = ground.counts_for_case(found.address)
    cases = found.where(kept)
    owners = ground.runs.case_of[owners[kept]]
    for name, array in posting_arrays(cases, owners, ground.weights(cases.address)):
        yield f"cases/{view}/{name}", array


def _facets(entries: Sequence[Entry]) -> dict[str, tuple[str, ...]]:
    facets: dict[str, set[str]] = {}
    for entry in entries:
        for name, values in entry.facets.items():
            facets.setdefault(name, set()).update(values)
    return {name: tuple(sorted(values)) for name, values in sorted(facets.items())}


def _starts(known: Sequence[IndexedPublication], owners: Iterable[str]) -> tuple[int, ...]:
    counts = dict.fromkeys((publication.id for publication in known), 0)
    for owner in owners:
        counts[owner] += 1
    return (0, *accumulate(counts.values()))


def _document_arrays(
    entries: Sequence[Entry], lengths: Ints, runs: Runs, about: About
) -> Iterable[tuple[str, Array]]:
    fields = first_addresses(lengths)
    if fields[-1] > _MOST_ADDRESSES:
        raise OverflowError("a segment has more words than a snapshot can number")
    by_document = lengths.reshape(-1, FIELD_COUNT)
    numbers = {language: number for number, language in enumerate(about.languages)}
    yield "sections/lengths", by_document.sum(axis=1, dtype=np.int32)
    yield "sections/fields", fields.astype(np.int32)
    yield "sections/languages", np.array([numbers[e.language] for e in entries], np.int32)
    yield from _named("sections", [entry.id for entry in entries])
    yield "sections/case", runs.case_of
    yield "cases/lengths", case_lengths(by_document, runs)
    yield "cases/firsts", runs.firsts
    yield from _named("cases", runs.ids)
    yield from stored_arrays([entry.stored for entry in entries], runs.firsts[:-1].tolist())
    for name, values in about.scopes["sections"].facets.items():
        found, at = _facet_arrays([entry.facets.get(name, ()) for entry in entries], values)
        yield f"sections/facet/{name}/values", found
        yield f"sections/facet/{name}/at", at
        found, at = case_facet(found, at, runs)
        yield f"cases/facet/{name}/values", found
        yield f"cases/facet/{name}/at", at


def _named(scope: Scope, names: Sequence[str]) -> Iterable[tuple[str, Array]]:
    text, starts = packed_texts([name.encode() for name in names])
    yield f"{scope}/ids", text
    yield f"{scope}/ids_at", starts


def _facet_arrays(
    values: Sequence[tuple[str, ...]], known: Sequence[str]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    numbers: Mapping[str, int] = {value: number for number, value in enumerate(known)}
    lists = [v if len(v) < 2 else tuple(dict.fromkeys(v)) for v in values]  # noqa: PLR2004
    flat = [numbers[value] for value in chain.from_iterable(lists)]
    return np.array(flat, np.int32), np.array([0, *accumulate(map(len, lists))], np.int32)
