"""Questions: what the engines are asked, drawn from a file of sections by document frequency.

In:  a file of JSON lines; how many questions of each kind; a seed.
Out: `Question`s that no engine's syntax has touched. Words are lower case; every third question
     is narrowed by a facet value of the section it was drawn from, so nothing asks in vain.

A word is rare in up to 0.1 % of the sections, middling in 0.3 to 3 %, common from 7 % on; function
words ask for nothing by themselves, but every phrase has one in it. The words of one question
stand in one section, those of a phrase side by side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from benchmarks.synthetic import FUNCTION_WORDS, SEED
from ingest.jsonl_lines import SectionLine, read_lines

Kind = Literal[
    "rare",
    "middle",
    "common",
    "all2",
    "all3",
    "any2",
    "any3",
    "phrase2",
    "phrase3",
    "phrase4",
    "prefix",
    "not",
    "fuzzy",
]
COUNTED = ("part", "organisation", "section_kind", "year")  # the facets that are counted
NARROWED = ("part", "section_kind", "year")  # and those that filters choose from

_RARE, _MIDDLE, _COMMON = (0.0, 0.001), (0.003, 0.03), (0.07, 1.0)
_FEW = 3  # sections: rare in a small library
_SAMPLE = 2_000  # sections that questions are drawn from
_FUZZY_LENGTH = 6  # a word short of this has half the vocabulary around it
_TRIES = 10_000
_WORD = re.compile(r"[a-z]+")
_STOP = frozenset(FUNCTION_WORDS)


class Question(Struct, frozen=True):
    """One question: a kind, its words, and a facet with the value to narrow by, if any.

    Of `not` the second word is the excluded one, of `prefix` the word is a beginning, of `fuzzy`
    it may differ in one letter.
    """

    kind: Kind
    words: tuple[str, ...]
    narrowed: tuple[str, str] | None = None


def words_of(text: str) -> list[str]:
    """Return the words of a synthetic text: every peer cuts it in the same places."""
    return _WORD.findall(text.lower())


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many of `sections` sections every word stands, and some sections to draw from."""

    sections: int
    having: Counter[str]
    sample: Sequence[SectionLine]

    def share(self, word: str) -> float:
        """Return the share of the sections that have the word."""
        return self.having[word] / self.sections


def count_words(lines: Iterable[SectionLine], seed: int = SEED) -> Frequencies:
    """Count in how many sections each word stands, in title, heading or text."""
    random = Random(f"{seed} sample")  # noqa: S311
    having: Counter[str] = Counter()
    sample: list[SectionLine] = []
    total = 0
    for total, line in enumerate(lines, 1):
        having.update(set(words_of(f"{line.case_title} {line.heading} {line.text}")))
        if len(sample) < _SAMPLE:
            sample.append(line)
        elif (place := random.randrange(total)) < _SAMPLE:
            sample[place] = line
    return Frequencies(total, having, sample)


def draw_questions(found: Frequencies, each: int, *, seed: int = SEED) -> list[Question]:
    """Draw so many different questions of each kind, kinds taking turns."""
    random = Random(f"{seed} questions")  # noqa: S311
    drawn: dict[Question, None] = {}
    taken: set[tuple[str, ...]] = set()
    for turn in range(each):
        for place, kind in enumerate(_DRAW):
            question = _draw(kind, found, random, taken)
            drawn[question if (turn + place) % 3 == 0 else replace(question, narrowed=None)] = None
            taken.add((kind, *question.words))
    return list(drawn)


def questions_from(file: Path, each: int, *, seed: int = SEED) -> list[Question]:
    """Draw questions from a file of sections."""
    lines = (line.section for line in read_lines(file))
    return draw_questions(count_words(lines, seed), each, seed=seed)


def _draw(
    kind: Kind, found: Frequencies, random: Random, taken: Collection[tuple[str, ...]]
) -> Question:
    for _ in range(_TRIES):
        line = random.choice(found.sample)
        words = tuple(_DRAW[kind](words_of(line.text), found, random))
        if words and (kind, *words) not in taken:
            facet = random.choice(NARROWED)
            return Question(kind, words, (facet, str(getattr(line, facet))))
    raise ValueError(f"no question of the kind “{kind}” can be drawn; take more sections")


Drawing = Callable[[list[str], Frequencies, Random], Sequence[str]]
_NOTHING: tuple[str, ...] = ()


def _word(low: float, high: float) -> Drawing:
    def draw(text: list[str], found: Frequencies, random: Random) -> Sequence[str]:
        fitting = _fitting(text, found, low, max(high, _FEW / found.sections))
        return [random.choice(fitting)] if fitting else _NOTHING

    return draw


def _fitting(text: list[str], found: Frequencies, low: float, high: float) -> list[str]:
    """Return the different words of a text that stand in such a share of the sections."""
    words = sorted(set(text) - _STOP)
    return [word for word in words if low < found.share(word) <= high and found.having[word] > 1]


def _words(count: int, low: float) -> Drawing:
    def draw(text: list[str], found: Frequencies, random: Random) -> Sequence[str]:
        fitting = _fitting(text, found, low, 1.0)
        return random.sample(fitting, count) if len(fitting) >= count else _NOTHING

    return draw


def _phrase(count: int) -> Drawing:
    def draw(text: list[str], found: Frequencies, random: Random) -> Sequence[str]:
        del found
        at = random.randrange(len(text) - count)
        words = text[at : at + count]
        stops = sum(word in _STOP for word in words)
        return words if 0 < stops < count else _NOTHING

    return draw


def _prefix(text: list[str], found: Frequencies, random: Random) -> Sequence[str]:
    fitting = [word for word in _fitting(text, found, *_MIDDLE) if len(word) > 4]  # noqa: PLR2004
    return [random.choice(fitting)[: random.choice((3, 4, 4))]] if fitting else _NOTHING


def _excluding(text: list[str], found: Frequencies, random: Random) -> Sequence[str]:
    wanted = _fitting(text, found, _MIDDLE[0], 1.0)
    others = _fitting(words_of(random.choice(found.sample).text), found, _MIDDLE[0], 1.0)
    excluded = [word for word in others if word not in text]
    return [random.choice(wanted), random.choice(excluded)] if wanted and excluded else _NOTHING


def _fuzzy(text: list[str], found: Frequencies, random: Random) -> Sequence[str]:
    fitting = [w for w in _fitting(text, found, 0.0, _MIDDLE[1]) if len(w) >= _FUZZY_LENGTH]
    if not fitting:
        return _NOTHING
    word = random.choice(fitting)
    at = random.randrange(1, len(word))
    return [random.choice((word, word[:at] + random.choice("aeiklnrst") + word[at + 1 :]))]


_DRAW: dict[Kind, Drawing] = {
    "rare": _word(*_RARE),
    "middle": _word(*_MIDDLE),
    "common": _word(*_COMMON),
    "all2": _words(2, _MIDDLE[0]),
    "all3": _words(3, _MIDDLE[0]),
    "any2": _words(2, _RARE[1]),
    "any3": _words(3, _RARE[1]),
    "phrase2": _phrase(2),
    "phrase3": _phrase(3),
    "phrase4": _phrase(4),
    "prefix": _prefix,
    "not": _excluding,
    "fuzzy": _fuzzy,
}
