"""Synthetic sections: a library of any size that is made of words of no language.

    python -m benchmarks.synthetic --sections 10000 sections.jsonl

In:  how many sections; a seed.
Out: the lines that `casebook import` takes, one section each, written as they are made.

The same seed gives the same sections, and a smaller library is the beginning of a larger one.
Words follow a Zipf curve with two slopes (as in English: a steeper one beyond a few thousand
words), so that the vocabulary grows with the text: about 41,000 words in 10,000 sections, 110,000
in 100,000. The most frequent ones are English function words, so that stop words are met where
they are met in life. Every case has words of its own that recur in it, and set expressions of two
to four words recur everywhere. A section has about 140 words in sentences and paragraphs, a case
about six sections, a publication about 150; years, kinds, parts and organisations are skewed.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice
from pathlib import Path
from random import Random

import msgspec

from ingest.jsonl_lines import SectionLine

SEED = 4
VOCABULARY = 250_000  # words that there are; how many are met depends on the size
FUNCTION_WORDS = [
    *("the", "of", "and", "to", "in", "for", "is", "on", "that", "by", "this", "with"),
    *("as", "at", "from", "are", "be", "an", "or", "was", "it", "which", "were", "has"),
]

_KNEE, _SLOPE, _STEEP_SLOPE, _SHIFT = 4_000, 1.05, 2.0, 2.0
_ONSETS: list[str] = [
    *"bdfghklmnprstvz",
    "br",
    "dr",
    "gr",
    "kr",
    "pr",
    "tr",
    "st",
    "sk",
    "sl",
    "pl",
    "kl",
]
_VOWELS: list[str] = [*"aeiou", "ai", "ou"]
_CODAS = ("", "", "", "n", "r", "s", "l", "t", "m")
_MEDIAN_WORDS, _SPREAD = math.log(124), 0.5  # of a section: about 140 on average
_FEWEST_WORDS, _MOST_WORDS = 20, 700
_OWN_SHARE = 0.12  # of a section's words are its case's own
_KINDS = (
    *("summary", "background", "activity", "achievements", "plans"),
    *("key-factors", "comments", "contact", "lead", "annex"),
)
_PARTS, _ORGANISATIONS, _EXPRESSIONS = 12, 5_000, 3_000
_FIRST_YEAR, _YEARS = 1995, 30


def words_of_no_language(count: int, seed: int) -> list[str]:
    """Return so many different words, the most frequent first; frequent ones are shorter."""
    random = Random(f"{seed} words")  # noqa: S311 - a generator, not a secret
    words = dict.fromkeys(FUNCTION_WORDS[:count])
    while len(words) < count:
        longest = 2 + (len(words) > _KNEE // 8) + (len(words) > _KNEE * 5)
        word = "".join(_syllable(random) for _ in range(random.randint(longest - 1, longest)))
        if len(word) > 2:  # noqa: PLR2004 - two letters look like function words
            words.setdefault(word)
    return list(words)


def _syllable(random: Random) -> str:
    return random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_CODAS)


def _weight(rank: int) -> float:
    """Return how frequent the word of this rank is, beside the others."""
    weight = 1 / math.pow(rank + _SHIFT, _SLOPE)
    return weight if rank <= _KNEE else weight * math.pow(_KNEE / rank, _STEEP_SLOPE - _SLOPE)


def _zipf(count: int, exponent: float) -> list[float]:
    return list(accumulate(rank**-exponent for rank in range(1, count + 1)))


@dataclass(frozen=True)
class Corpus:
    """Where sections are drawn from; `sections` begins anew every time it is called."""

    seed: int = SEED
    vocabulary: int = VOCABULARY
    _words: list[str] = field(init=False, repr=False)
    _weights: list[float] = field(init=False, repr=False)
    _expressions: list[list[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        weights = [_weight(rank) for rank in range(1, self.vocabulary + 1)]
        object.__setattr__(self, "_words", words_of_no_language(self.vocabulary, self.seed))
        object.__setattr__(self, "_weights", list(accumulate(weights)))
        object.__setattr__(self, "_expressions", list(self._make_expressions()))

    def sections(self, count: int) -> Iterator[SectionLine]:
        """Yield so many sections, publication by publication."""
        return islice(self._endless(), count)

    def _make_expressions(self) -> Iterator[list[str]]:
        random = Random(f"{self.seed} expressions")  # noqa: S311
        for _ in range(_EXPRESSIONS):
            expression = self._draw(random, random.randint(2, 4))
            if len(expression) > 2:  # noqa: PLR2004 - “board of directors”
                expression[1] = random.choice(FUNCTION_WORDS)
            yield expression

    def _draw(self, random: Random, count: int) -> list[str]:
        return random.choices(self._words, cum_weights=self._weights, k=count)

    def _endless(self) -> Iterator[SectionLine]:
        number = 0
        while True:
            number += 1
            yield from self._publication(number)

    def _publication(self, number: int) -> Iterator[SectionLine]:
        random = Random(f"{self.seed} publication {number}")  # noqa: S311
        year = _FIRST_YEAR + max(random.choices(range(_YEARS), k=2))
        left, case = random.randint(100, 200), 0
        while left > 0:
            case += 1
            size = min(random.randint(3, 9), left)
            left -= size
            for section in self._case(random, case, size):
                yield msgspec.structs.replace(
                    section,
                    publication=f"publication-{number}",
                    publication_title=f"Publication {number}",
                    year=year,
                )

    def _case(self, random: Random, number: int, size: int) -> Iterator[SectionLine]:
        own = self._draw(random, 40)
        title = self._title(random, own, random.randint(3, 8))
        organisation = random.choices(_ORGANISATION_NAMES, cum_weights=_ORGANISATION_WEIGHTS)[0]
        part = random.choices(_PART_NAMES, cum_weights=_PART_WEIGHTS)[0]
        kinds = [*_KINDS[:2], *random.choices(_KINDS[2:], cum_weights=_KIND_WEIGHTS, k=9)]
        for place in range(size):
            yield SectionLine(
                publication="",
                case=f"case-{number}",
                section=f"section-{place + 1}",
                text=self._text(random, own),
                case_title=title,
                organisation=organisation,
                part=part,
                section_kind=kinds[place],
                heading=self._title(random, own, random.randint(1, 4)),
                language="en",
                page=(number - 1) * 4 + place // 2 + 1,
            )

    def _title(self, random: Random, own: Sequence[str], count: int) -> str:
        words = [random.choice(own), *self._draw(random, count - 1)]
        random.shuffle(words)
        return " ".join(words).capitalize()

    def _text(self, random: Random, own: Sequence[str]) -> str:
        drawn = int(random.lognormvariate(_MEDIAN_WORDS, _SPREAD))
        count = min(max(drawn, _FEWEST_WORDS), _MOST_WORDS)
        words = self._draw(random, count)
        for place in random.choices(range(count), k=int(count * _OWN_SHARE)):
            words[place] = random.choice(own)
        for chosen in random.choices(
            self._expressions, cum_weights=_EXPRESSION_WEIGHTS, k=1 + count // 50
        ):
            place = random.randrange(count - len(chosen))
            words[place : place + len(chosen)] = chosen
        return _punctuated(random, words)


def _punctuated(random: Random, words: list[str]) -> str:
    """Part words into sentences of 8 to 25, and sentences into paragraphs."""
    pieces: list[str] = []
    at = 0
    while at < len(words):
        end = at + random.randint(8, 25)
        pieces.append(f"{' '.join(words[at:end]).capitalize()}.")
        pieces.append("\n\n" if random.randrange(6) == 0 else " ")
        at = end
    return "".join(pieces).strip()


_ORGANISATION_NAMES = [f"Union {number}" for number in range(1, _ORGANISATIONS + 1)]
_ORGANISATION_WEIGHTS = _zipf(_ORGANISATIONS, 0.9)
_PART_NAMES = [f"Region {number}" for number in range(1, _PARTS + 1)]
_PART_WEIGHTS = _zipf(_PARTS, 0.8)
_KIND_WEIGHTS = _zipf(len(_KINDS) - 2, 0.7)
_EXPRESSION_WEIGHTS = _zipf(_EXPRESSIONS, 0.8)


def write_sections(path: Path, sections: Iterable[SectionLine]) -> None:
    """Write sections as JSON lines, one at a time."""
    encoder = msgspec.json.Encoder()
    with path.open("wb") as file:
        for section in sections:
            file.write(encoder.encode(section) + b"\n")


def main() -> int:
    """Write a file of synthetic sections."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").partition("\n")[0],
        epilog="then: casebook --library made import sections.jsonl",
    )
    parser.add_argument("file", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--sections", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    write_sections(options.file, Corpus(options.seed).sections(options.sections))
    print(f"{options.sections:,} sections in {options.file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
