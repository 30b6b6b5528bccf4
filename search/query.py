"""The query tree: what a reader asked, as every engine and the highlighter understand it.

In:  made by `query_parser.parse_query`; nothing else makes one from text.
Out: frozen records. Texts are as typed (NFC), never folded: analysis is the engine's.

A `Group` is the only inner node beside `Field`. Its clauses are wanted as the search's matching
says (`Occur.DEFAULT`: all of them, or any of them), required (`+`, AND) or excluded (`-`, NOT).
An OR is a group of its own whose clauses are `Occur.ANY`: one of them is enough, whatever the
matching. `+` and `-` apply to the whole group they stand in. A clause counts `boost` times in the
score, and changes nothing of what matches.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from msgspec import Struct


class Occur(Enum):
    """How a clause takes part in its group."""

    DEFAULT = "default"  # all or any, as the matching says
    ANY = "any"  # one arm of an OR
    MUST = "must"
    NOT = "not"


class Word(Struct, frozen=True):
    """A word. Its family (stems) matches, or with `exact` only this form.

    A hyphenated word is one `Word`; its parts stand at successive positions, so it matches as
    a phrase of its parts. `also` are other spellings of it, or what it is short for, that the
    library holds (`search.widening`); they will do as well, and count for less.
    """

    text: str
    exact: bool = False
    also: tuple[str, ...] = ()


class Phrase(Struct, frozen=True):
    """Words that stand side by side, in order, in their exact forms; stop words count.

    `slop` is how many other words may stand between them in all; 0 is the phrase itself.
    """

    text: str
    slop: int = 0


class Prefix(Struct, frozen=True):
    """Every word that begins so (`wat*`); `text` without the star."""

    text: str


class Fuzzy(Struct, frozen=True):
    """Every word that is spelt nearly so (`khukumat~`): exact forms, so many letters apart."""

    text: str
    distance: int = 1


class Wildcard(Struct, frozen=True):
    """Every word spelt so, where `?` is one letter and `*` any number of them (`w?ter`)."""

    text: str


class NearWords(Struct, frozen=True):
    """Words that stand near one another, in any order (`water NEAR/5 pump`).

    Of neighbours in `words` at most `distance` other words stand between; their families match,
    as those of bare words do.
    """

    words: tuple[Word, ...]
    distance: int


class Range(Struct, frozen=True):
    """A facet value between two ends, inclusive; an end may be open (None)."""

    field: str
    low: str | None
    high: str | None


class Field(Struct, frozen=True):
    """`field:clause`: a text field (`title:`, `heading:` …) or a facet (`part:`, `year:` …)."""

    field: str
    clause: Node


class Within(Struct, frozen=True):
    """`in:case(…)`: what all stands in one case, or in one section, wherever in it.

    It narrows, as a facet does: to sections whose case has it all, to cases of which one section
    has it all.
    """

    scope: Literal["cases", "sections"]
    clause: Node


class Clause(Struct, frozen=True):
    """A member of a group; it counts `boost` times in the score."""

    node: Node
    occur: Occur = Occur.DEFAULT
    boost: float = 1.0


class Group(Struct, frozen=True):
    """Clauses that stand together; an empty group asks for everything."""

    clauses: tuple[Clause, ...] = ()


Node = Word | Phrase | Prefix | Fuzzy | Wildcard | NearWords | Range | Field | Within | Group


class Query(Struct, frozen=True):
    """A parsed question: the tree, the text it came from, and how it was read.

    `notices` say what could not be read as it stood (and was taken as words), and which limits
    were met. `scope` is what the question itself wants to find; "" leaves it to who asks.
    """

    text: str
    root: Group = Group()
    notices: tuple[str, ...] = ()
    scope: Literal["", "cases", "sections"] = ""

    def __hash__(self) -> int:
        return hash(self.text)  # all of the tree is compared, but not gone through to look it up

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was asked: then every document matches."""
        return not self.root.clauses
