"""Query lexer: what a reader typed → signs, fields, words, phrases, operators, parentheses.

In:  the text of the search box; the field names that may stand before a colon.
Out: lexemes in the order typed, within the limits; notices about what was read otherwise.

Everything between blanks, quotation marks and parentheses is a chunk: an optional sign, an
optional field with its colon, an optional `=`, then words. A sign or field right before a
quotation mark or a parenthesis belongs to it, and so does a boost (`^2`) right behind. `in:cases`
and `in:sections` are no words: they say what the question wants to find.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Literal

from msgspec import Struct

from search.analysis import query_word
from search.query import Fuzzy, Node, Phrase, Prefix, Range, Wildcard, Word
from search.query_boosts import BOOST, NO_BOOST, read_boost, split_boost
from search.word_patterns import MAX_DISTANCE

MAX_CHARACTERS = 4_000
MAX_CLAUSES = 400
MAX_SLOP = 100
MAX_NOTICES = 8

Sign = Literal["+", "-"]
Scope = Literal["", "cases", "sections"]

OPERATORS = {
    "AND": "AND",
    "OR": "OR",
    "NOT": "NOT",
    "NEAR": "NEAR",
    "И": "AND",
    "ИЛИ": "OR",
    "\u041d\u0415": "NOT",
    "\u0420\u042f\u0414\u041e\u041c": "NEAR",
}
# Other names that readers give to our fields.
FIELD_ALIASES = {
    "kind": "section_kind",
    "section": "section_kind",
    "region": "part",
    "organization": "organisation",
    "text": "body",
}

_QUOTES = '"“”„«»'
_MARKS = frozenset({"(", *_QUOTES})  # what a sign, a field or a scope may stand before
_NO_SIGN_BEHIND = frozenset({")", *_QUOTES})  # “…”-word
_LEXEME = re.compile(
    rf"(?P<phrase>[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}](?:~(?P<slop>\d+))?(?P<phrase_boost>{BOOST})?)"
    rf"|(?P<open>\()|(?P<close>\)(?P<group_boost>{BOOST})?)|(?P<lone>[{_QUOTES}])|(?P<chunk>[^\s(){_QUOTES}]+)"
)
_CHUNK = re.compile(
    r"(?P<signs>[+-]*)(?:(?P<field>[^\W\d][\w-]*):)?(?P<exact>=?)(?P<rest>.*)", re.DOTALL
)
_ENDS = ".,;:!?…"  # what may stand behind a word
_NEAR = re.compile(r"(?:NEAR|\u0420\u042f\u0414\u041e\u041c)(?:/(?P<distance>\d{1,9}))?")
_NEAR_WORDS = 10  # between the words of a NEAR without a number
_RANGE = re.compile(r"(?P<low>[\w-]*)\.\.(?P<high>[\w-]*)")
# One word with gaps: it begins with a letter or digit, and behind the last `?` comes another.
_GAPPY = re.compile(r"[^\W_][^\W_?*]*(?:[?*]+[^\W_?*]+)+\*?")
_AFTER_WORD = re.compile(r"\*|\?(?=\w)|[~^]\d*")
_SCOPES: dict[str, Scope] = {
    name: scope
    for scope in ("cases", "sections")
    for name in (f"in:{scope}", f"in:{scope.removesuffix('s')}")
}


class Lexeme(Struct, frozen=True):
    """One thing typed: an operator, a parenthesis, a scope, or words (with sign, field, boost).

    With `opens` the scope is that of `in:case(`, else that of the whole question.
    """

    words: tuple[Node, ...] = ()
    sign: Sign | None = None
    inside: str = ""
    opens: bool = False
    closes: bool = False
    operator: str = ""  # AND, OR, NOT, NEAR
    typed: str = ""  # the operator as typed
    distance: int = 0  # of NEAR
    scope: Scope = ""
    boost: float = NO_BOOST


class Limits(Struct):
    """Counts what was read, and gathers what the reader should be told."""

    clauses: int = 0
    _notices: dict[str, None] = {}

    def note(self, notice: str) -> None:
        """Remember a notice, once."""
        if len(self._notices) < MAX_NOTICES:
            self._notices.setdefault(notice)

    def notices(self) -> tuple[str, ...]:
        """Return the notices in the order in which they arose."""
        return tuple(self._notices)

    def take(self, nodes: list[Node]) -> tuple[Node, ...]:
        """Return as many of these nodes as the limit on clauses leaves room for."""
        room = MAX_CLAUSES - self.clauses
        if len(nodes) > room:
            self.note(f"The question has more than {MAX_CLAUSES} words; the rest was left out.")
            nodes = nodes[:room]
        self.clauses += len(nodes)
        return tuple(nodes)

    def factor(self, typed: str | None) -> float:
        """Return the factor of a boost that was typed, and note what there is to say of it."""
        if not typed:
            return NO_BOOST
        boost = read_boost(typed)
        if boost.notice:
            self.note(boost.notice)
        return boost.factor


class _Chunk(Struct, frozen=True):
    """A chunk taken apart; `field` is a known field's own name, or ""."""

    sign: Sign | None = None
    field: str = ""
    is_exact: bool = False
    rest: str = ""
    boost: str = ""
    scope: Scope = ""


_NOTHING = Lexeme()


def read_lexemes(text: str, *, fields: Collection[str], limits: Limits) -> list[Lexeme]:
    """Read a question's lexemes."""
    text = _cut(unicodedata.normalize("NFC", text), limits)
    return list(_lexemes(text, fields, limits))


def _cut(text: str, limits: Limits) -> str:
    if len(text) <= MAX_CHARACTERS:
        return text
    limits.note(
        f"The question is longer than {MAX_CHARACTERS:,} characters; the rest was left out."
    )
    head = text[:MAX_CHARACTERS]
    return head if text[MAX_CHARACTERS].isspace() else head.rpartition(" ")[0] or head


def _lexemes(text: str, fields: Collection[str], limits: Limits) -> Iterator[Lexeme]:
    pending = _NOTHING  # a sign, a field, a scope that stand right before a mark
    for match in _LEXEME.finditer(text):
        before, pending = pending, _NOTHING
        lexeme: Lexeme | None
        if match.lastgroup == "chunk":
            typed = _without_false_sign(match)
            chunk = _read_chunk(typed, fields, limits)
            if not chunk.rest and text[match.end() : match.end() + 1] in _MARKS:
                pending = Lexeme(sign=chunk.sign, inside=chunk.field, scope=chunk.scope)
                continue
            lexeme = _chunk_lexeme(typed, chunk, limits)
        else:
            lexeme = _mark_lexeme(match, before, limits)
        if lexeme:
            yield lexeme


def _without_false_sign(chunk: re.Match[str]) -> str:
    start = chunk.start()
    is_behind = start > 0 and chunk.string[start - 1] in _NO_SIGN_BEHIND
    return chunk[0].lstrip("+-") if is_behind else chunk[0]


def _mark_lexeme(match: re.Match[str], before: Lexeme, limits: Limits) -> Lexeme | None:
    """Read a quoted phrase, a parenthesis or a quotation mark without its fellow."""
    sign, inside = before.sign, before.inside
    if match.lastgroup == "phrase":
        factor = limits.factor(match["phrase_boost"])
        words = limits.take(_read_phrase(match, limits))
        return Lexeme(words=words, sign=sign, inside=inside, boost=factor) if words else None
    if match.lastgroup == "lone":
        limits.note("A quotation mark has no fellow; the words after it were read as words.")
        return None
    if match.lastgroup == "close":
        return Lexeme(closes=True, boost=limits.factor(match["group_boost"]))
    return Lexeme(opens=True, sign=sign, inside=inside, scope=before.scope)


def _read_phrase(match: re.Match[str], limits: Limits) -> list[Node]:
    quoted = " ".join(match["quoted"].split())
    if not query_word().search(quoted):
        limits.note("A pair of quotation marks without a word in it was left out.")
        return []
    slop = int(match["slop"][:9]) if match["slop"] else 0
    if slop > MAX_SLOP:
        limits.note(f"Words of a phrase may stand at most {MAX_SLOP} words apart.")
    return [Phrase(quoted, min(slop, MAX_SLOP))]


def _unknown(field: str) -> str:
    if field.casefold() == "in":
        return "Behind “in:” stands “cases” or “sections”; it was read as a word."
    return f"There is no field “{field}”; it was read as a word."


def _read_chunk(typed: str, fields: Collection[str], limits: Limits) -> _Chunk:
    match = _CHUNK.fullmatch(typed)
    if match is None:  # cannot be: every part of the pattern may be empty
        return _Chunk(rest=typed)
    signs, name, exact, rest = match.groups("")
    sign: Sign | None = ("-" if signs.endswith("-") else "+") if signs else None
    field = ""
    if name:
        if scope := _SCOPES.get(typed[len(signs) :].rstrip(_ENDS).casefold()):
            return _Chunk(sign, scope=scope)
        field = _known_field(name, fields)
        if not field:
            if rest:
                limits.note(_unknown(name))
            exact, rest = "", f"{name}:{exact}{rest}"
    rest, boost = split_boost(rest)
    return _Chunk(sign, field, is_exact=bool(exact), rest=rest, boost=boost)


def _known_field(typed: str, fields: Collection[str]) -> str:
    """Return the own name of a field; "" where there is none of that name."""
    name = typed.casefold().replace("-", "_")
    names = (FIELD_ALIASES.get(name, name), name)
    return next((each for each in names if each in fields), "")


def _chunk_lexeme(typed: str, chunk: _Chunk, limits: Limits) -> Lexeme | None:
    if operator := OPERATORS.get(typed.partition("/")[0]):
        near = _NEAR.fullmatch(typed)
        if near or typed in OPERATORS:
            distance = _read_distance(near, limits) if near else 0
            return Lexeme(operator=operator, typed=typed, distance=distance)
    if chunk.scope:
        return _scope_lexeme(chunk, limits)
    nodes = _read_words(chunk, limits)
    if not nodes and chunk.field:
        limits.note(f"There is nothing after “{chunk.field}:”; it was read as a word.")
        chunk, nodes = _Chunk(chunk.sign), [Word(chunk.field)]
    words = limits.take(nodes)
    if not words:
        return None
    factor = limits.factor(chunk.boost)
    return Lexeme(words=words, sign=chunk.sign, inside=chunk.field, boost=factor)


def _scope_lexeme(chunk: _Chunk, limits: Limits) -> Lexeme | None:
    if chunk.sign:
        limits.note("A sign before “in:” says nothing; it was left out.")
    return Lexeme(scope=chunk.scope)


def _read_distance(near: re.Match[str], limits: Limits) -> int:
    distance = int(near["distance"] or _NEAR_WORDS)
    if distance > MAX_SLOP:
        limits.note(f"Words may stand at most {MAX_SLOP} words apart.")
    return min(distance, MAX_SLOP)


def _read_words(chunk: _Chunk, limits: Limits) -> list[Node]:
    if query_word().fullmatch(chunk.rest):  # most are one word, and nothing else
        return [Word(chunk.rest, exact=chunk.is_exact)]
    between = _RANGE.fullmatch(chunk.rest) if chunk.field else None
    if between and (between["low"] or between["high"]):
        return [Range(chunk.field, between["low"] or None, between["high"] or None)]
    if _GAPPY.fullmatch(gappy := chunk.rest.rstrip(_ENDS)):
        return [Wildcard(gappy)]
    if chunk.rest.startswith(("*", "?")) and len(chunk.rest) > 1:
        limits.note(f"A word cannot begin with a gap; “{chunk.rest}” was read without it.")
    elif chunk.rest == "*":
        limits.note("A star by itself stands for nothing; it was left out.")
    nodes: list[Node] = []
    end = 0
    for match in query_word().finditer(chunk.rest):
        if match.start() < end:  # the number after a ~
            continue
        mark = _AFTER_WORD.match(chunk.rest, match.end())
        end = mark.end() if mark else match.end()
        nodes.append(_read_word(match[0], chunk, mark, limits))
    return nodes


def _read_word(word: str, chunk: _Chunk, mark: re.Match[str] | None, limits: Limits) -> Node:
    after = mark[0] if mark else ""
    if after == "*" and mark and not query_word().match(chunk.rest, mark.end()):
        return Prefix(word)
    if after.startswith("~") and (fuzzy := _read_fuzzy(word, after[1:], limits)):
        return fuzzy
    if after:
        limits.note(f"“{word}{after}” was read as the word “{word}”.")
    return Word(word, exact=chunk.is_exact)


def _read_fuzzy(word: str, distance: str, limits: Limits) -> Node | None:
    """Read `word~`, `word~1`, `word~2`; numbers and words of several parts are never fuzzy."""
    if not word.isalpha():
        if any(sign.isdigit() for sign in word):
            limits.note("Numbers are only found as they are written.")
        return None
    apart = int(distance[:9] or 1)
    if apart > MAX_DISTANCE:
        limits.note(f"A word may differ by at most {MAX_DISTANCE} letters.")
    return Fuzzy(word, min(apart, MAX_DISTANCE)) if apart else Word(word, exact=True)
