"""Addresses: the ids that cases and sections get from their titles and headings.

In:  marks in reading order.
Out: the kind of every section, and the address of every case and section: what the editor calls
     them in the manifest, and what they are called in a first record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.marks import Mark
from ingest.titles import split_number
from ingest.usual_names import UsualNames
from search.slugs import slugify

LEAD = "lead"
PLAIN = "section"
RESERVED = ("page",)  # addresses of pages


@dataclass(frozen=True, slots=True)
class Kinds:
    """Gives sections their kinds: the usual name they begin with, else their own if it recurs."""

    names: UsualNames
    recurring: frozenset[str]

    def of(self, mark: Mark) -> str:
        """The kind of a section."""
        slug = slugify(mark.title)
        usual = mark.section_kind or self.names.kind(mark.title)
        return usual or (slug if slug in self.recurring else PLAIN)

    def slug(self, mark: Mark) -> str:
        """What a section's id is made of: its kind, else its heading."""
        kind = self.of(mark)
        return unnumbered(mark.title) if kind == PLAIN else kind


def unnumbered(title: str) -> str:
    """A title without its number, for ids that outlive a renumbering."""
    return split_number(title)[1]


def kinds_in(marks: Sequence[Mark], names: UsualNames) -> Kinds:
    """The kinds of sections in a publication."""
    slugs = Counter(slugify(m.title) for m in marks if m.role == "section")
    return Kinds(names, frozenset(slug for slug, times in slugs.items() if times > 1))


def assign_ids(marks: Sequence[Mark], kinds: Kinds) -> list[tuple[Mark, str]]:
    """Every mark with its address: "case", "case/section", "" for parts and sub-headings."""
    taken: set[str] = set()
    inside: set[str] = set()
    case = ""
    addressed: list[tuple[Mark, str]] = []
    for mark in marks:
        address = ""
        if mark.role == "case":
            case = address = slugify(unnumbered(mark.title), taken=taken, reserved=RESERVED)
            taken.add(case)
            inside = {LEAD}
        elif mark.role == "section":
            section = slugify(kinds.slug(mark), taken=inside)
            inside.add(section)
            address = f"{case}/{section}"
        addressed.append((mark, address))
    return addressed
