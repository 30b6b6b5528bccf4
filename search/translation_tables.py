"""Translation tables: what the command line and the API show of a book in several languages.

In:  the links of a library; a publication, or one of its cases.
Out: a table for each other language, a row for each case or section.
Errors: those of `translation_links`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from search.model import Case, Publication
from search.translation_links import Counterpart, TranslationLinks
from search.translations import LIKELY, SURE, Pair, pair_sections


class Row(Struct, frozen=True):
    """A case or section, and its counterpart; "" on the side that has none.

    Where `confidence` is below one half there may be one, but nothing leads to it.
    """

    one: str
    one_title: str
    other: str
    other_title: str
    confidence: float
    said: bool

    @property
    def is_likely(self) -> bool:
        """Tell whether one leads to the other."""
        return bool(self.one and self.other) and self.confidence >= LIKELY

    @property
    def is_sure(self) -> bool:
        """Tell whether one need not say “probably”."""
        return self.confidence >= SURE


class Table(Struct, frozen=True):
    """A publication in another language; of a case, `case` is its counterpart's id."""

    publication: str
    title: str
    language: str
    rows: tuple[Row, ...]
    case: str = ""
    case_title: str = ""
    confidence: float = 1.0
    said: bool = False

    @property
    def likely(self) -> list[Row]:
        """Return the pairs of which one leads to the other."""
        return [row for row in self.rows if row.is_likely]

    @property
    def only_one(self) -> list[Row]:
        """Return what nothing in the other leads to."""
        return [row for row in self.rows if row.one and not row.is_likely]

    @property
    def only_other(self) -> list[Row]:
        """Return what stands in the other alone."""
        return [row for row in self.rows if row.other and not row.is_likely]


def case_tables(links: TranslationLinks, publication: Publication) -> tuple[Table, ...]:
    """Return how the cases of a publication stand in its other languages."""
    return tuple(case_table(links, publication, other) for other in links.others(publication.id))


def case_table(links: TranslationLinks, publication: Publication, other: Publication) -> Table:
    """Return how the cases of a publication stand in another one."""
    mine = {case.id: case.title for case in publication.cases}
    theirs = {case.id: case.title for case in other.cases}
    rows = _rows(links.pairs(publication.id, other.id), mine, theirs)
    return Table(other.id, other.title, other.language, rows)


def section_tables(
    links: TranslationLinks, publication: Publication, case: Case
) -> tuple[Table, ...]:
    """Return how the sections of a case stand in the other languages that have it."""
    return tuple(
        _section_table(publication, case, found)
        for found in links.counterparts(publication.id, case.id)
    )


def _section_table(publication: Publication, case: Case, found: Counterpart) -> Table:
    pairs = pair_sections((publication, case), (found.publication, found.case))
    return Table(
        found.publication.id,
        found.publication.title,
        found.publication.language,
        _rows(pairs, _headings(case), _headings(found.case)),
        found.case.id,
        found.case.title,
        found.pair.confidence,
        found.pair.said,
    )


def _headings(case: Case) -> dict[str, str]:
    return {section.id: section.heading for section in case.sections}


def _rows(
    pairs: Sequence[Pair], mine: Mapping[str, str], theirs: Mapping[str, str]
) -> tuple[Row, ...]:
    return tuple(
        Row(
            pair.one,
            mine.get(pair.one, ""),
            pair.other,
            theirs.get(pair.other, ""),
            pair.confidence,
            pair.said,
        )
        for pair in pairs
    )
