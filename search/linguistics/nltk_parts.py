"""NLTK: the two parts of it that we use, a stemmer and a sentence splitter.

In:  a language's name; abbreviations.
Out: functions ready to call.
Errors: none.

Importing NLTK takes longer than opening a library, and most of what runs (a reading process,
`list`, `show`) needs none of it. So `stems` and `sentences` import this module when first called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from nltk.stem.snowball import SnowballStemmer
from nltk.tokenize.punkt import (
    PunktLanguageVars,
    PunktParameters,
    PunktSentenceTokenizer,
)

Span = tuple[int, int]


class _LanguageVars(PunktLanguageVars):
    sent_end_chars = (".", "?", "!", "…", "。", "！", "？", "؟", "۔", "।")  # noqa: RUF001


def make_stemmer(name: str) -> Callable[[str], str]:
    """Make a Snowball stemmer for a language."""
    stem: Callable[[str], str] = SnowballStemmer(name).stem
    return stem


def make_splitter(abbreviations: Iterable[str]) -> Callable[[str], Iterator[Span]]:
    """Make a Punkt splitter: from a text to the spans of its sentences."""
    parameters = PunktParameters()
    parameters.abbrev_types = set(abbreviations)
    tokenizer = PunktSentenceTokenizer(parameters, lang_vars=_LanguageVars())
    split: Callable[[str], Iterator[Span]] = tokenizer.span_tokenize
    return split
