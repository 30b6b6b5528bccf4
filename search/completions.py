"""Completions: what a reader may be about to type.

In:  the text in the search box.
Out: words that complete it (one of each family, the most frequent), names that begin so in another
     spelling, then organisations, parts,
     publications and cases named so; each with how many sections a search for it finds. At most
     half are names, unless words are few.

Whatever stands before the last word stays as it was typed. Names are not looked for, and words not
chosen by what stands before them, where quotes, fields or operators are used.
Errors: none; an engine that keeps no such index suggests nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest
from typing import Literal, get_args

from msgspec import Struct

from search.analysis import UNSTEMMED, Token, analyze
from search.answers import Source, count_sections
from search.likeness_index import LikenessEngine, LikenessIndex, Name, NameKind, Typed
from search.linguistics.forms import exact_form
from search.linguistics.stems import stem
from search.widening import cased_as

MOST_COMPLETIONS = 20
MOST_TYPED = 200  # characters; nobody completes the last word of more

_SPARE = 3  # times as many forms are asked for, for some are of one family

CompletionKind = Literal["word", NameKind]

_SYNTAX = re.compile(r'["“”«»()\[\]{}*?~^=:<>|!+]|\b(?:AND|OR|NOT|NEAR)\b|(?:^|\s)-')


class Completion(Struct, frozen=True):
    """What could be meant.

    A `word` is a text to search for; a case or publication has the `url` of its page; what is left
    is a value of the facet of its kind. `count` is how many sections that finds.
    """

    kind: CompletionKind
    text: str
    url: str
    count: int


def complete(text: str, source: Source, limit: int) -> tuple[Completion, ...]:
    """Suggest what a reader may be about to type."""
    tokens, engine = _words(text), source.engine
    limit = min(max(limit, 0), MOST_COMPLETIONS)
    if not tokens or len(text) > MOST_TYPED or not isinstance(engine, LikenessEngine):
        return ()
    index = engine.likeness_index()
    is_plain = not _SYNTAX.search(text)
    names = list(_names(index, _typed(text, tokens), limit)) if is_plain else []
    typed = _typed(text, tokens if is_plain else tokens[-1:])
    texts = [_completed(text, tokens[-1], form) for form in _forms(index, typed, limit)]
    most = max(limit - len(names), limit - limit // 2)
    words = [
        Completion("word", completed, "", count)
        for completed in [other for other in texts if other != text][:most]
        if (count := count_sections(completed, source))
    ]
    return (*words, *_by_kind(names[: limit - len(words)]))


def _words(text: str) -> list[Token]:
    """Return the words of a text; of a hyphenated one its parts alone."""
    found: dict[int, Token] = {}
    for token in analyze(text, UNSTEMMED):
        found.setdefault(token.position, token)
    return list(found.values())


def _typed(text: str, tokens: Sequence[Token]) -> Typed:
    forms = tuple(token.exact for token in tokens)
    is_open = tokens[-1].end == len(text)
    return Typed(forms[:-1], forms[-1]) if is_open else Typed(forms)


def _completed(text: str, last: Token, form: str) -> str:
    """Put a word in the place of its beginning, which keeps its letters as they were typed.

    A name that begins otherwise is offered as the library spells it.
    """
    start = text[last.start :]
    if not form.startswith(last.exact):
        return text[: last.start] + cased_as(start, form)
    kept = start if len(exact_form(start)) == len(start) else last.exact
    completed = text[: last.start] + kept + form[len(last.exact) :]
    return completed + '"' if completed.count('"') % 2 else completed


def _forms(index: LikenessIndex, typed: Typed, limit: int) -> list[str]:
    """Return words that begin so, the first of each family: a search finds the others with it."""
    families: dict[str, str] = {}
    if typed.beginning:
        for form in index.words(typed, limit=_SPARE * limit):
            families.setdefault(stem(form, ""), form)
    return list(families.values())


def _names(index: LikenessIndex, typed: Typed, limit: int) -> Iterator[Completion]:
    """Yield the best of each kind in turn."""
    found = index.names(typed, limit=limit)
    kinds: list[list[Name]] = [[n for n in found if n.kind == kind] for kind in get_args(NameKind)]
    in_turn = (name for row in zip_longest(*kinds) for name in row if name)
    for name in islice(in_turn, limit):
        yield Completion(name.kind, name.text, name.url, name.count)


def _by_kind(names: Sequence[Completion]) -> list[Completion]:
    order = get_args(NameKind)
    return sorted(names, key=lambda name: order.index(name.kind))
