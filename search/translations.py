"""Translations: publications that are one book in several languages, and what belongs together.

In:  what records say of themselves (`translation_of`, `translated`); two records.
Out: the other languages of a publication; `Pair`s of cases, or of the sections of two cases.
Errors: none; a publication or an address that is not there (any more) is passed over.

What the editor said stands; the rest is found (`translation_odds`, `pairing`). Nothing of it is
stored: whatever becomes of either publication, pairs are those of the texts as they are now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from search.linguistics.cognates import cognates
from search.model import Case, Publication, Section
from search.pairing import pair
from search.permalinks import Resolver
from search.translation_odds import Piece, odds_of

LIKELY = 0.5  # the least confidence with which one leads to the other
SURE = 0.8


class Pair(Struct, frozen=True):
    """Two cases or sections of one text, by id; one of them is "" where it has no counterpart.

    `confidence` is 1 where the editor `said` so, and for what has no counterpart.
    """

    one: str
    other: str
    confidence: float = 1.0
    said: bool = False

    @property
    def is_whole(self) -> bool:
        """Tell whether there is something on both sides."""
        return bool(self.one and self.other)

    @property
    def is_sure(self) -> bool:
        """Tell whether one need not say “probably”."""
        return self.confidence >= SURE


def others_of(publication: str, claims: Mapping[str, str]) -> tuple[str, ...]:
    """Return the publications that are one book with this one, by id.

    `claims` say of which publication each is a translation, "" of none. Two translations of one
    belong together, whether or not that one is there.
    """
    found = {publication}
    before = 0
    while len(found) > before:
        before = len(found)
        found |= {claims[name] for name in found if claims.get(name)}
        found |= {name for name, original in claims.items() if original in found}
    return tuple(sorted((found & claims.keys()) - {publication}))


def pair_cases(one: Publication, other: Publication) -> tuple[Pair, ...]:
    """Pair the cases of two publications; in the order of the first."""
    said = [both for both in _said(one, other) if not any("/" in each for each in both)]
    ones = [_Item(case.id, _of_case(one, case)) for case in one.cases]
    others = [_Item(case.id, _of_case(other, case)) for case in other.cases]
    return _paired(ones, others, said)


def pair_sections(
    one: tuple[Publication, Case], other: tuple[Publication, Case]
) -> tuple[Pair, ...]:
    """Pair the sections of two cases; in the order of the first."""
    (mine, case), (theirs, there) = one, other
    said = list(_said_within(_said(mine, theirs), case.id, there.id))
    ones = [_Item(section.id, _of_section(section)) for section in case.sections]
    others = [_Item(section.id, _of_section(section)) for section in there.sections]
    return _paired(ones, others, said)


# ---- what the editor said


def _said(one: Publication, other: Publication) -> Iterator[tuple[str, str]]:
    """Yield pairs of addresses, as they are now, "" for none; what is gone is left out."""
    if one.translation_of == other.id:
        yield from _standing(one.translated, one, other)
    elif other.translation_of == one.id:
        yield from ((mine, theirs) for theirs, mine in _standing(other.translated, other, one))


def _standing(
    translated: Mapping[str, str], one: Publication, other: Publication
) -> Iterator[tuple[str, str]]:
    here, there = Resolver(one), Resolver(other)
    for mine, theirs in translated.items():
        now = here.resolve(f"{one.id}/{mine}").address.partition("/")[2]
        then = there.resolve(f"{other.id}/{theirs}").address.partition("/")[2] if theirs else ""
        if now and (then or not theirs):
            yield now, then


def _said_within(
    said: Iterator[tuple[str, str]], case: str, there: str
) -> Iterator[tuple[str, str]]:
    """Yield what was said of sections of these two cases."""
    for both in said:
        cases, sections = zip(*(each.partition("/")[::2] for each in both), strict=True)
        if any(sections) and all(
            found == wanted or not section
            for found, section, wanted in zip(cases, sections, (case, there), strict=True)
        ):
            yield sections


# ---- what is found


@dataclass(frozen=True, slots=True)
class _Item:
    id: str
    piece: Piece


def _of_case(publication: Publication, case: Case) -> Piece:
    parts = [part.id for part in publication.parts]
    text = "\n".join([case.title, case.organisation, *map(_section_text, case.sections)])
    part = parts.index(case.part) if case.part in parts else -1
    return Piece(cognates(text), case.kind, part, sum(len(s.text) for s in case.sections))


def _of_section(section: Section) -> Piece:
    return Piece(cognates(_section_text(section)), section.kind, -1, len(section.text))


def _section_text(section: Section) -> str:
    return f"{section.heading}\n{section.text}"


def _paired(
    ones: Sequence[_Item], others: Sequence[_Item], said: Sequence[tuple[str, str]]
) -> tuple[Pair, ...]:
    """Pair what the editor left open, and put all in order."""
    mine, theirs = {"", *(item.id for item in ones)}, {"", *(item.id for item in others)}
    kept = [(one, other) for one, other in said if one in mine and other in theirs]
    free = [item for item in ones if item.id not in {one for one, _ in kept}]
    wanted = [item for item in others if item.id not in {other for _, other in kept}]
    odds = odds_of([item.piece for item in free], [item.piece for item in wanted])
    pairs = {one: Pair(one, other, said=True) for one, other in kept if one}
    for found in pair(odds):
        one, other = free[found.one].id, wanted[found.other].id
        pairs[one] = Pair(one, other, round(found.confidence, 3))
    return tuple(_in_order([item.id for item in ones], [item.id for item in others], pairs))


def _in_order(
    ones: Sequence[str], others: Sequence[str], pairs: Mapping[str, Pair]
) -> Iterator[Pair]:
    """Yield all in the order of the first; what stands only in the other follows its neighbour."""
    taken = {found.other for found in pairs.values()}
    after: dict[str, list[str]] = {}
    neighbour = ""
    for other in others:
        if other in taken:
            neighbour = other
        else:
            after.setdefault(neighbour, []).append(other)
    yield from (Pair("", other) for other in after.get("", ()))
    for one in ones:
        found = pairs.get(one, Pair(one, ""))
        yield found
        if found.other:
            yield from (Pair("", other) for other in after.get(found.other, ()))
