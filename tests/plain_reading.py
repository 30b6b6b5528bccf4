"""Plain reading: occurrences, counts and shared phrases found by going through the texts.

In:  records.
Out: the words of every field in book order, and what the slow and obvious way finds in them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from search.analysis import analyze
from search.documents import section_language, strands
from search.model import Publication
from tests.records import make_block, make_case, make_publication, make_section

WORDS = (
    "water",
    "Waters",
    "the",
    "of",
    "well",
    "micro-credit",
    "microcredit",
    "credit",
    "users",
    "user",
    "committee",
    "вода",
    "воды",
    "7",
)


@dataclass(frozen=True)
class Stand:
    """A word's place: its forms (of a hyphenated word also the whole), and where the whole ends."""

    part: str
    forms: dict[str, int]  # exact form → how many places further it ends
    stems: dict[str, int]


@dataclass(frozen=True)
class PlainField:
    """The words of a field. `case` is `publication/case`."""

    publication: str
    case: str
    section: str
    kind: str
    name: str
    stands: tuple[Stand, ...]

    @property
    def parts(self) -> list[str]:
        return [stand.part for stand in self.stands]


@dataclass(frozen=True)
class PlainSpan:
    """An occurrence: words from `first` to `last` of a field."""

    field: PlainField
    first: int
    last: int

    @property
    def left(self) -> list[str]:
        return self.field.parts[: self.first][::-1]

    @property
    def right(self) -> list[str]:
        return self.field.parts[self.last + 1 :]


Fits = Callable[[Stand], int | None]  # how many places further a match ends, None for no match


def read_plainly(records: Sequence[Publication]) -> list[PlainField]:
    """Return every field's words in book order; title and organisation once a case."""
    return [
        field
        for record in sorted(records, key=lambda record: record.id)
        for field in _fields(record)
    ]


def _fields(record: Publication) -> Iterator[PlainField]:
    for case in record.cases:
        for number, section in enumerate(case.sections):
            body, captions = strands(section)
            texts = {
                "title": "" if number else case.title,
                "heading": section.heading,
                "organisation": "" if number else case.organisation,
                "body": body.text,
                "caption": captions.text,
            }
            language = section_language(record, section)
            for name, text in texts.items():
                stands = tuple(_stands(text, language))
                where = f"{record.id}/{case.id}"
                yield PlainField(record.id, where, section.id, section.kind, name, stands)


def _stands(text: str, language: str) -> Iterator[Stand]:
    tokens = analyze(text, language)
    places = sorted({token.position for token in tokens})
    for place in places:
        here = [token for token in tokens if token.position == place]
        reach = {
            token: max(t.position for t in tokens if t.start < token.end) - place for token in here
        }
        yield Stand(
            here[0].exact,
            {token.exact: reach[token] for token in reversed(here)},
            {token.stem: reach[token] for token in reversed(here)},
        )


def find_sequence(fields: Sequence[PlainField], steps: Sequence[Fits]) -> list[PlainSpan]:
    """Return where steps fit words in a row: one for each first word."""
    found = []
    for field in fields:
        for first in range(len(field.stands) - len(steps) + 1):
            ends = [step(field.stands[first + n]) for n, step in enumerate(steps)]
            if None not in ends:
                last = first + len(steps) - 1 + (ends[-1] or 0)
                found.append(PlainSpan(field, first, last))
    return found


def shared_plainly(fields: Sequence[PlainField], least: int) -> dict[tuple[str, ...], int]:
    """Return the maximal repeats of several cases, with how often each occurs."""
    places: dict[tuple[str, ...], list[tuple[PlainField, int]]] = {}
    for field in fields:
        parts = field.parts
        for start in range(len(parts)):
            for end in range(start + least, len(parts) + 1):
                places.setdefault(tuple(parts[start:end]), []).append((field, start))
    found = {}
    for phrase, where in places.items():
        before = [f.parts[s - 1] if s else None for f, s in where]
        behind = [next(iter(f.parts[s + len(phrase) :]), None) for f, s in where]
        if len({f.case for f, _ in where}) > 1 and all(
            None in words or len(set(words)) > 1 for words in (before, behind)
        ):
            found[phrase] = len(where)
    return found


def random_publication(name: str, seed: int) -> Publication:
    """Return a publication of a few cases whose texts repeat one another now and then."""
    chance = random.Random(seed)
    stock = [" ".join(chance.choices(WORDS, k=9)) for _ in range(3)]

    def text() -> str:
        words = " ".join(chance.choices(WORDS, k=chance.randint(1, 14)))
        return f"{words} {chance.choice(stock)}. {chance.choice(WORDS)}"

    cases = tuple(
        make_case(
            f"case-{number}",
            f"Case {text()}",
            make_section("summary", text(), text(), heading=f"The {chance.choice(WORDS)}"),
            make_section("activity", text(), make_block(text(), kind="caption"), text()),
            make_section("contact", text(), language=chance.choice(["", "ru", "tg"])),
            number=number,
            part=chance.choice(["north", "south"]),
            by=f"Committee {chance.choice(WORDS)}",
        )
        for number in range(1, 5)
    )
    record = make_publication(name, title=f"Book {name}", year=2000 + seed % 7, cases=cases)
    return replace(record, language=chance.choice(["en", ""]))
