"""The oracle: an engine so slow and obvious that it can be trusted, to test the others against.

In:  the same documents and requests as any engine.
Out: the same results, worked out by reading every document anew for every question, straight from
     the query tree and the docstrings of `search.query` and `search.engine`. It shares with the
     engines only what a word is (`search.analysis`) and which words are stop words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby, pairwise
from typing import Any

from msgspec import structs

from search.analysis import analyze, character_pairs, spelt_with_marks, word_family
from search.engine import (
    CASE_FIELDS,
    TEXT_FIELDS,
    Document,
    EngineHit,
    EngineResults,
    Match,
    Scope,
    SearchRequest,
    case_of,
)
from search.linguistics.folding import index_keys
from search.linguistics.forms import exact_form
from search.linguistics.short_forms import ShortForm, find_short_forms
from search.linguistics.stems import marked_languages
from search.linguistics.word_lists import is_request_word, is_stop_word, negations
from search.query import (
    Clause,
    Field,
    Fuzzy,
    Group,
    NearWords,
    Node,
    Occur,
    Phrase,
    Prefix,
    Range,
    Wildcard,
    Within,
    Word,
)
from search.query_text import node_text
from search.results import FacetValue

K1, B, EXACT_BONUS, PAIR_WEIGHT, NEGATED_WEIGHT = 1.5, 0.65, 0.15, 0.15, 0.5
RERANKED, FEW_WORDS = 100, 4
READ, SHARPNESS, TERMS, COMMON = 10, 16, 100, 0.25

# What stands at one position of a text: its forms by view.
Place = dict[str, set[str]]


@dataclass(frozen=True)
class Spelt:
    """A word as it is spelt with its marks."""

    text: str


@dataclass(frozen=True)
class Item:
    """A section or a case, read: for each field its texts, which are not run together."""

    id: str
    facets: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, list[list[Place]]]


class OracleEngine:
    """Keeps documents in a dictionary and reads them all."""

    def __init__(self) -> None:
        self._documents: dict[str, list[Document]] = {}
        self._digests: dict[str, str] = {}

    def publish(
        self,
        documents: Iterable[Document],
        *,
        digests: Mapping[str, str],
        progress: Callable[[int], None] | None = None,
    ) -> None:
        taken: dict[str, Document] = {}
        for document in documents:
            if not digests.get(document.publication):
                raise ValueError(document.id)
            taken.setdefault(document.id, document)
            if progress:
                progress(len(taken))
        for publication, digest in digests.items():
            self._documents.pop(publication, None)
            self._digests.pop(publication, None)
            if digest:
                self._digests[publication] = digest
                mine = [d for d in taken.values() if d.publication == publication]
                self._documents[publication] = mine

    def search(self, request: SearchRequest) -> EngineResults:
        sections = _in_book_order(list(chain.from_iterable(self._documents.values())))
        items: dict[str, list[Item]] = {
            "sections": [_section(d) for d in sections],
            "cases": _cases(sections),
        }
        return _Answer(items, request).results()

    def vocabulary(self, scope: Scope) -> OracleVocabulary:
        sections = list(chain.from_iterable(self._documents.values()))
        if scope == "sections":
            return OracleVocabulary([[d] for d in sections])
        cases: dict[str, list[Document]] = {}
        for section in sections:
            cases.setdefault(case_of(section.id), []).append(section)
        return OracleVocabulary(list(cases.values()))

    def digests(self) -> dict[str, str]:
        return dict(self._digests)

    def titles(self) -> dict[str, str]:
        return {name: found[0].shown.case[2] for name, found in self._documents.items() if found}

    def document_count(self) -> int:
        return sum(len(documents) for documents in self._documents.values())

    def faults(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None:
        pass


def _in_book_order(sections: list[Document]) -> list[Document]:
    first = {case_of(d.id): d.order for d in sorted(sections, key=lambda d: -d.order)}
    return sorted(
        sections,
        key=lambda d: (d.publication, first[case_of(d.id)], case_of(d.id), d.order, d.id),
    )


def _section(document: Document) -> Item:
    texts = {name: [_read(document, name)] for name in TEXT_FIELDS}
    return Item(document.id, document.facets, texts)


def _cases(sections: list[Document]) -> list[Item]:
    cases: list[Item] = []
    for case, group in groupby(sections, key=lambda d: case_of(d.id)):
        mine = list(group)
        facets: dict[str, tuple[str, ...]] = {}
        for section in mine:
            for name, values in section.facets.items():
                facets[name] = tuple(dict.fromkeys((*facets.get(name, ()), *values)))
        texts = {
            name: [_read(d, name) for d in (mine[:1] if name in CASE_FIELDS else mine)]
            for name in TEXT_FIELDS
        }
        cases.append(Item(case, facets, texts))
    return cases


class OracleVocabulary:
    """Reads every document for every question; a case is the list of its sections."""

    def __init__(self, documents: list[list[Document]]) -> None:
        self.notes: dict[str, Any] = {}
        self._sections = [section for document in documents for section in document]
        self._forms = [
            {form for section in document for form in _forms(section)} for document in documents
        ]

    @property
    def size(self) -> int:
        return len(self._forms)

    def documents(self, form: str) -> int:
        return sum(any(exact == form for exact, _ in forms) for forms in self._forms)

    def family(self, form: str) -> int:
        languages = marked_languages(section.language for section in self._sections)
        stems = word_family(form, languages)
        return sum(
            sum(any(stem == other for _, other in forms) for forms in self._forms) for stem in stems
        )

    def folded(self, keys: Collection[str]) -> frozenset[str]:
        return frozenset(
            exact
            for section in self._sections
            if section.language in {"en", "ru", "tg"}
            for exact, _ in _forms(section)
            if not index_keys(exact).isdisjoint(keys)
        )

    def short_forms(self) -> list[ShortForm]:
        once = {
            (section.publication, found)
            for section in self._sections
            for text in section.texts.values()
            for found in find_short_forms(text)
        }
        return [found for _, found in sorted(once)]

    def near(self, form: str, distance: int) -> frozenset[str]:
        return frozenset(
            exact
            for forms in self._forms
            for exact, _ in forms
            if _distance(form, exact) <= distance
        )


def _forms(section: Document) -> set[tuple[str, str]]:
    return {
        (token.exact, token.stem)
        for text in section.texts.values()
        for token in analyze(text, section.language)
    }


class _Answer:
    def __init__(self, items: Mapping[str, Sequence[Item]], request: SearchRequest) -> None:
        self._items = items
        self._documents = documents = items[request.scope]
        self._request = request
        total = sum(self._length(document) for document in documents)
        self._average = total / len(documents) if total else 1.0

    def results(self) -> EngineResults:
        request, root = self._request, self._request.query.root
        matching = [d for d in self._documents if self._matches(d, root, "", request.match)]
        chosen = [d for d in matching if all(_passes(d, f, v) for f, v in request.filters.items())]
        hits = [
            EngineHit(
                d.id, self._score(d, root, ""), tuple(dict.fromkeys(self._missing(d, root, "")))
            )
            for d in chosen
        ]
        if request.sort == "relevance":
            hits = self._reranked(_by_score(hits))
        page = hits[max(0, request.offset) :][: max(0, request.limit)]
        facets = {name: self._counts(name, matching) for name in request.facets}
        return EngineResults(total=len(chosen), hits=tuple(page), facets=facets)

    # ---- matching ---------------------------------------------------------------------------

    def _matches(self, document: Item, node: Node, field: str, match: Match) -> bool:
        if isinstance(node, Group):
            return self._group_matches(document, node, field, match)
        if isinstance(node, Field):
            return self._matches(document, node.clause, node.field, match)
        if isinstance(node, Within):
            around = [item for item in self._items[node.scope] if _are_together(item, document)]
            return any(self._matches(item, node.clause, field, "all") for item in around)
        if isinstance(node, Range) or (field and field not in TEXT_FIELDS):
            return _has_value(document, node, field)
        return bool(self._starts(document, node, field))

    def _group_matches(self, document: Item, group: Group, field: str, match: Match) -> bool:
        def holds(clause: Clause, how: Match) -> bool:
            return self._matches(document, clause.node, field, how)

        clauses = _asking(group, field)
        wanted = [c for c in clauses if c.occur is Occur.DEFAULT]
        arms = [c for c in clauses if c.occur is Occur.ANY]
        enough = all if match == "all" else any
        return (
            all(holds(c, match) for c in clauses if c.occur is Occur.MUST)
            and not any(holds(c, "all") for c in clauses if c.occur is Occur.NOT)
            and (not wanted or enough(holds(c, match) for c in wanted))
            and (not arms or any(holds(c, match) for c in arms))
        )

    def _missing(self, document: Item, node: Node, field: str) -> list[str]:
        if self._request.match == "all":
            return []
        if isinstance(node, Field):
            return self._missing(document, node.clause, node.field)
        if not isinstance(node, Group):
            lacks = not self._matches(document, node, field, "any")
            return [_typed(node, field)] if lacks else []
        texts: list[str] = []
        clauses = _asking(node, field)
        for occur in (Occur.MUST, Occur.DEFAULT):
            for clause in (c for c in clauses if c.occur is occur):
                texts += self._missing(document, clause.node, field)
        arms = [c.node for c in clauses if c.occur is Occur.ANY]
        if arms and not any(self._matches(document, arm, field, "any") for arm in arms):
            texts.append(" OR ".join(_typed(arm, field) for arm in arms))
        return texts

    def _starts(self, document: Item, node: Node | Spelt, only: str) -> set[tuple[str, int, int]]:
        """Return where a word, phrase or prefix begins: field, which of its texts, position."""
        fields = [only] if only else list(TEXT_FIELDS)
        return {
            (field, number, position)
            for field in fields
            for number, places in enumerate(document.texts[field])
            for position in _starts_in(places, node)
        }

    # ---- scores -----------------------------------------------------------------------------

    def _score(self, document: Item, node: Node, field: str) -> float:
        if not self._matches(document, node, field, self._request.match):
            return 0.0
        if isinstance(node, Group):
            scored = [c for c in _asking(node, field) if c.occur is not Occur.NOT]
            return sum(c.boost * self._score(document, c.node, field) for c in scored)
        if isinstance(node, Field):
            return self._score(document, node.clause, node.field)
        if isinstance(node, Range | Within) or (field and field not in TEXT_FIELDS):
            return 0.0
        if isinstance(node, NearWords):
            raise TypeError("NEAR has an oracle of its own: tests/test_contract_near_words.py")
        return self._words_score(document, node, field)

    def _words_score(
        self, document: Item, node: Word | Phrase | Prefix | Fuzzy | Wildcard, field: str
    ) -> float:
        if isinstance(node, Word) and node.also:
            return self._with_other_spellings(document, node, field)
        score = self._bm25(document, node, field)
        if isinstance(node, Word) and not node.exact:
            as_typed = Phrase(" ".join(_parts(node.text)))
            score += EXACT_BONUS * self._bm25(document, as_typed, field)
            score = self._with_marks(document, node, field, score)
        return score

    def _with_marks(self, document: Item, word: Word, field: str, score: float) -> float:
        """Give half of a word's score to its spelling with marks, where the library has that."""
        marked = spelt_with_marks(word.text) if len(analyze(word.text)) == 1 else ""
        if not marked or not self._having(Spelt(marked), field):
            return score
        return (score + (1 + EXACT_BONUS) * self._bm25(document, Spelt(marked), field)) / 2

    def _bm25(self, document: Item, node: Node | Spelt, field: str) -> float:
        starts = self._starts(document, node, field)
        frequency = sum(TEXT_FIELDS[name] for name, _, _ in starts)
        return self._idf(self._having(node, field)) * self._impact(document, frequency)

    def _having(self, node: Node | Spelt, field: str = "") -> int:
        return sum(bool(self._starts(other, node, field)) for other in self._documents)

    def _idf(self, having: int) -> float:
        return math.log(1 + (len(self._documents) - having + 0.5) / (having + 0.5))

    def _impact(self, document: Item, frequency: float) -> float:
        norm = K1 * (1 - B + B * self._length(document) / self._average)
        return frequency / (frequency + norm)

    # ---- the first hits, looked at more closely ---------------------------------------------

    def _reranked(self, hits: list[EngineHit]) -> list[EngineHit]:
        words = _plain_words(self._request.query.root)
        head = [(self._named(hit.id), hit) for hit in hits[:RERANKED]]
        negated = [word for word in words if id(word) in _negated(self._request.query.root)]
        if (len(words) > 1 or negated) and len(head) > 1:
            gains = [self._pairs_gain(d, words) + self._negated_gain(d, negated) for d, _ in head]
            head = self._gaining(head, gains)
            if (
                self._request.feedback
                and len({word_family(_parts(w.text)[0]) for w in words}) >= FEW_WORDS
            ):
                terms = self._terms(head[:READ])
                head = self._gaining(
                    head, [len(words) * self._terms_gain(d, terms) for d, _ in head]
                )
        return [hit for _, hit in head] + hits[RERANKED:]

    def _gaining(self, head: Head, gains: list[float]) -> Head:
        """Add to scores and put equal ones into book order."""
        gained = [
            (item, structs.replace(hit, score=hit.score + gain))
            for (item, hit), gain in zip(head, gains, strict=True)
        ]
        return sorted(gained, key=lambda x: (-round(x[1].score, 9), self._documents.index(x[0])))

    def _named(self, name: str) -> Item:
        return next(d for d in self._documents if d.id == name)

    def _pairs_gain(self, document: Item, words: list[Word]) -> float:
        return sum(
            PAIR_WEIGHT
            * (self._idf(self._having(one)) + self._idf(self._having(two)))
            / 2
            * self._impact(document, self._together(document, one, two))
            for one, two in pairwise(words)
        )

    def _negated_gain(self, document: Item, words: list[Word]) -> float:
        return sum(
            NEGATED_WEIGHT
            * self._idf(self._having(word))
            * self._impact(document, self._times_negated(document, word))
            for word in words
        )

    def _times_negated(self, document: Item, word: Word) -> float:
        said = self._starts(document, structs.replace(word, also=()), "")
        before = {
            place
            for form in negations()
            for place in self._starts(document, Word(form, exact=True), "")
        }
        return sum(
            TEXT_FIELDS[field]
            for field, n, place in said
            if any((field, n, place - gap) in before for gap in (1, 2, 3))
        )

    def _together(self, document: Item, one: Word, two: Word) -> float:
        # Other spellings are no neighbours: a pair is of words as typed.
        second = self._starts(document, structs.replace(two, also=()), "")
        first = self._starts(document, structs.replace(one, also=()), "")
        return sum(
            TEXT_FIELDS[field] for field, n, place in first if (field, n, place + 1) in second
        )

    def _terms(self, head: Head) -> dict[str, float]:
        weights: dict[str, float] = {}
        for document, hit in head:
            amounts = {f: self._impact(document, t) for f, t in _printed(document).items()}
            share = (hit.score / head[0][1].score) ** SHARPNESS
            for form, amount in amounts.items():
                weights[form] = weights.get(form, 0) + share * amount / sum(amounts.values())
        best = sorted(weights, key=lambda form: (-round(weights[form], 12), form.encode()))[:TERMS]
        having = {form: self._having(Word(form, exact=True)) for form in best}
        known = {
            form: weights[form] * self._idf(having[form])
            for form in best
            if having[form] < COMMON * len(self._documents)
        }
        return {form: weight / sum(known.values()) for form, weight in known.items()}

    def _terms_gain(self, document: Item, terms: dict[str, float]) -> float:
        times = _printed(document)
        return sum(
            weight
            * self._idf(self._having(Word(form, exact=True)))
            * self._impact(document, times.get(form, 0.0))
            for form, weight in terms.items()
        )

    def _with_other_spellings(self, document: Item, word: Word, field: str) -> float:
        """Score other spellings for less, and for less than any document with the one typed."""
        typed = structs.replace(word, also=())
        mine = [d for d in self._documents if self._starts(d, typed, field)]
        sums: dict[str, float] = {}
        having: set[str] = {d.id for d in mine}
        parts = [[d for d in self._documents if self._starts(d, Word(a), field)] for a in word.also]
        having.update(d.id for part in parts for d in part)
        for text, part in zip(word.also, parts, strict=True):
            for each in part:
                worth = self._score(each, Word(text), field) / self._idf(len(part))
                sums[each.id] = sums.get(each.id, 0.0) + 0.5 * self._idf(len(having)) * worth
        if document in mine:
            return self._score(document, typed, field)
        others = {name: score for name, score in sums.items() if name not in {d.id for d in mine}}
        least = min((self._score(d, typed, field) for d in mine), default=math.inf)
        return others[document.id] * min(1.0, 0.99 * least / max(others.values()))

    def _length(self, document: Item) -> int:
        return sum(len(places) for texts in document.texts.values() for places in texts)

    # ---- facets -----------------------------------------------------------------------------

    def _counts(self, name: str, matching: list[Item]) -> tuple[FacetValue, ...]:
        others = {f: v for f, v in self._request.filters.items() if f != name}
        passing = [d for d in matching if all(_passes(d, f, v) for f, v in others.items())]
        chosen = {_key(value): value for value in self._request.filters.get(name, ())}
        keys = {_key(value) for d in passing for value in d.facets.get(name, ())} | set(chosen)
        counts = [
            FacetValue(
                value=(value := self._label(name, key, chosen.get(key, key))),
                count=sum(key in map(_key, d.facets.get(name, ())) for d in passing),
                selected=key in chosen,
                label=value,
            )
            for key in keys
        ]
        return tuple(sorted(counts, key=lambda c: (-c.count, c.value)))

    def _label(self, name: str, key: str, otherwise: str) -> str:
        spellings = [v for d in self._documents for v in d.facets.get(name, ()) if _key(v) == key]
        return min(spellings, key=lambda v: (-spellings.count(v), v), default=otherwise)


def _by_score(hits: Iterable[EngineHit]) -> list[EngineHit]:
    return sorted(hits, key=lambda hit: -round(hit.score, 9))


Head = list[tuple[Item, EngineHit]]


def _plain_words(root: Group) -> list[Word]:
    """Return the words of a question in plain words alone, those of one part."""
    words: list[Word] = []
    for clause in _asking(root, ""):
        is_facet = isinstance(clause.node, Range | Within) or (
            isinstance(clause.node, Field)
            and clause.node.field not in TEXT_FIELDS
            and not isinstance(clause.node.clause, Group)
        )
        if (
            clause.occur is Occur.DEFAULT
            and isinstance(clause.node, Word)
            and not clause.node.exact
            and clause.boost == 1
        ):
            words.append(clause.node)
        elif clause.occur is not Occur.MUST or not is_facet:
            return []
    return [
        word
        for word in words
        if len(_parts(word.text)) == 1 or len(character_pairs(word.text)) == 1
    ]


def _printed(document: Item) -> dict[str, float]:
    """Return the words at each place of a document, weighted by field; of a compound the parts."""
    found: dict[str, float] = {}
    for field, texts in document.texts.items():
        for place in chain.from_iterable(texts):
            form = min(place["exact"], key=len)
            found[form] = found.get(form, 0.0) + TEXT_FIELDS[field]
    return found


def _negated(root: Group) -> set[int]:
    """Return which bare words have a negation as one of the two words before them."""
    negates = [(form := _bare(c)) in negations() and bool(form) for c in root.clauses]
    return {
        id(clause.node)
        for place, clause in enumerate(root.clauses)
        if _bare(clause) and not negates[place] and any(negates[max(0, place - 2) : place])
    }


def _typed(node: Node, field: str) -> str:
    if isinstance(node, Field):
        return _typed(node.clause, node.field)
    text = node_text(node).rstrip(",")
    return f"{field}:{text}" if field and not isinstance(node, Range) else text


def _has_value(document: Item, node: Node, field: str) -> bool:
    if isinstance(node, Range):
        return any(_in_range(value, node) for value in document.facets.get(node.field, ()))
    return any(_value_has(value, node) for value in document.facets.get(field, ()))


def _are_together(one: Item, other: Item) -> bool:
    """Tell whether two items are the same, or one a section of the other."""
    return f"{one.id}/".startswith(f"{other.id}/") or f"{other.id}/".startswith(f"{one.id}/")


def _read(document: Document, field: str) -> list[Place]:
    places: list[Place] = []
    for token in analyze(document.texts.get(field, ""), document.language):
        if token.position == len(places):
            places.append({"exact": set(), "stem": set()})
        places[token.position]["exact"].add(token.exact)
        places[token.position]["stem"].add(token.stem)
    return places


def _asking(group: Group, field: str) -> list[Clause]:
    """Return the clauses that ask for something: without stop words, if that leaves a text."""
    clauses = [c for clause in group.clauses if _asks(clause.node) for c in _in_pairs(clause)]
    telling = [c for c in clauses if not _is_dispensable(c)]
    if any(c.occur is not Occur.NOT and _asks_for_text(c.node, field) for c in telling):
        return _unwrapped(telling)
    return clauses


def _in_pairs(clause: Clause) -> list[Clause]:
    """A stretch without blanks asks for each of its pairs of characters."""
    word = clause.node
    if clause.occur is Occur.DEFAULT and isinstance(word, Word) and not word.exact:
        pairs = character_pairs(word.text)
        own = [Clause(Word(pair), boost=clause.boost) for pair in pairs]
        return own if len(pairs) > 1 else [clause]
    return [clause]


def _unwrapped(clauses: list[Clause]) -> list[Clause]:
    """Leave out what a request is wrapped in, if three other words say what is sought."""
    wrapping = [c for c in clauses if (form := _bare(c)) and is_request_word(form)]
    kept = [c for c in clauses if c not in wrapping]
    return kept if len({form for c in kept if (form := _bare(c))}) >= 3 else clauses


def _bare(clause: Clause) -> str:
    word = clause.node
    is_bare = clause.occur is Occur.DEFAULT and isinstance(word, Word) and not word.exact
    return exact_form(word.text) if is_bare and isinstance(word, Word) else ""


def _asks(node: Node) -> bool:
    if isinstance(node, Group):
        return any(_asks(c.node) for c in node.clauses)
    if isinstance(node, Field | Within):
        return _asks(node.clause)
    return isinstance(node, Range | NearWords) or bool(analyze(node.text))


def _asks_for_text(node: Node, field: str) -> bool:
    if isinstance(node, Group):
        wanted = [c for c in node.clauses if c.occur is not Occur.NOT]
        return any(_asks(c.node) and _asks_for_text(c.node, field) for c in wanted)
    if isinstance(node, Field):
        return _asks_for_text(node.clause, node.field)
    return not isinstance(node, Range | Within) and (not field or field in TEXT_FIELDS)


def _is_dispensable(clause: Clause) -> bool:
    word = clause.node
    if not isinstance(word, Word) or word.exact or clause.occur is not Occur.DEFAULT:
        return False
    forms = _parts(word.text)
    if len(forms) != 1:
        return is_stop_word(word.text.casefold())
    if len(forms[0]) == 1:
        return forms[0].isalpha()
    has_accents = forms[0].isascii() and any(c.isalpha() and not c.isascii() for c in word.text)
    return is_stop_word(forms[0]) and not word.text.isupper() and not has_accents


def _parts(text: str) -> list[str]:
    by_position: dict[int, str] = {}
    for token in analyze(text):
        by_position.setdefault(token.position, token.exact)
    return list(by_position.values())


def _whole(text: str) -> str:
    """Return a hyphenated word written as one, if the text is such a word alone."""
    tokens = analyze(text)
    covering = [t.exact for t in tokens if t.end - t.start == tokens[-1].end - tokens[0].start]
    return covering[0] if len(_parts(text)) > 1 and covering else ""


def _starts_in(places: list[Place], node: Node | Spelt) -> set[int]:
    if isinstance(node, Spelt):
        return {n for n, place in enumerate(places) if node.text in place["exact"]}
    if isinstance(node, Fuzzy | Wildcard):
        return {n for n, place in enumerate(places) if any(_fits(f, node) for f in place["exact"])}
    assert isinstance(node, Word | Phrase | Prefix)
    parts = _parts(node.text)
    view = "stem" if isinstance(node, Word) and not node.exact else "exact"
    slop = node.slop if isinstance(node, Phrase) else 0
    tests = [_test(part, None if isinstance(node, Prefix) else node) for part in parts[:-1]]
    tests += [_test(part, node) for part in parts[-1:]]
    found = {
        start
        for start in range(len(places))
        if tests and _follows(places, view, tests, start, start + len(tests) - 1 + slop)
    }
    if isinstance(node, Word):
        found = found.union(*(_starts_in(places, Word(text)) for text in node.also))
    if not isinstance(node, Phrase) and (whole := _whole(node.text)):
        fits = _test(whole, node)
        found |= {n for n, place in enumerate(places) if any(map(fits, place[view]))}
    return found


def _fits(form: str, node: Fuzzy | Wildcard) -> bool:
    if isinstance(node, Fuzzy):
        return _distance(_parts(node.text)[0], form) <= node.distance
    pieces = re.split(r"([?*])", node.text)
    return _spelt("".join(p if p in {"?", "*", ""} else _parts(p)[0] for p in pieces), form)


@cache
def _distance(one: str, other: str) -> int:
    if not one or not other:
        return len(one) + len(other)
    changed = _distance(one[1:], other[1:]) + (one[0] != other[0])
    return min(changed, _distance(one[1:], other) + 1, _distance(one, other[1:]) + 1)


def _spelt(pattern: str, form: str) -> bool:
    if pattern[:1] == "*":
        return any(_spelt(pattern[1:], form[n:]) for n in range(len(form) + 1))
    if not pattern or not form:
        return pattern == form
    return pattern[0] in {"?", form[0]} and _spelt(pattern[1:], form[1:])


def _test(part: str, node: Node | None) -> Callable[[str], bool]:
    if isinstance(node, Prefix):
        return lambda form: form.startswith(part)
    if isinstance(node, Word) and not node.exact:
        family = word_family(part)
        return lambda form: form in family
    return lambda form: form == part


def _follows(
    places: list[Place], view: str, tests: list[Callable[[str], bool]], start: int, last: int
) -> bool:
    """Tell whether the tests hold at rising positions: the first at `start`, none after `last`."""
    if start >= len(places) or start > last or not any(map(tests[0], places[start][view])):
        return False
    if len(tests) == 1:
        return True
    return any(_follows(places, view, tests[1:], n, last) for n in range(start + 1, last + 1))


def _key(value: str) -> str:
    return unicodedata.normalize("NFC", value).casefold()


def _passes(document: Item, facet: str, values: tuple[str, ...]) -> bool:
    keys = {_key(value) for value in document.facets.get(facet, ())}
    return not values or any(_key(value) in keys for value in values)


def _value_has(value: str, node: Node) -> bool:
    """Tell whether a facet value has these words in a row, in their exact forms."""
    if isinstance(node, Fuzzy | Wildcard):
        return any(_fits(token.exact, node) for token in analyze(value))
    assert isinstance(node, Word | Phrase | Prefix)
    places: list[Place] = []
    for token in analyze(value):
        if token.position == len(places):
            places.append({"exact": set()})
        places[token.position]["exact"].add(token.exact)
    tests = [_test(part, None) for part in _parts(node.text)]
    if isinstance(node, Prefix):
        tests[-1] = _test(_parts(node.text)[-1], node)
    slop = node.slop if isinstance(node, Phrase) else 0
    starts = range(len(places))
    return any(_follows(places, "exact", tests, n, n + len(tests) - 1 + slop) for n in starts)


def _in_range(value: str, node: Range) -> bool:
    ends = [end for end in (node.low, node.high) if end is not None]
    if all(end.isdecimal() for end in ends):
        if not value.isdecimal():
            return False
        low, high = int(node.low or value), int(node.high or value)
        return low <= int(value) <= high
    low_text, high_text = (node.low or "").casefold(), node.high
    text = value.casefold()
    return low_text <= text and (high_text is None or text <= high_text.casefold())
