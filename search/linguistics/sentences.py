"""Sentences: where the sentences of a text begin and end.

In:  a text; its language; abbreviations learned from the publication, if any.
Out: half-open spans in text order, without the white space around them. A line feed always ends
     a sentence: it is where a block ends.
Source: Punkt (Kiss & Strunk 2006), as NLTK carries it, with our own short lists of abbreviations
     instead of a downloaded model, and the full stops of further scripts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nltk.tokenize.punkt import (
    PunktLanguageVars,
    PunktParameters,
    PunktSentenceTokenizer,
    PunktTrainer,
)

from search.linguistics.stems import base_language
from search.linguistics.word_lists import known_abbreviations

# Full stops that need no blank after them end a piece by themselves; Punkt sees to the others.
_PIECE = re.compile(r"[^\n。！？]*[。！？]+[”’」』）]*|[^\n。！？]+")  # noqa: RUF001


class _LanguageVars(PunktLanguageVars):
    sent_end_chars = (".", "?", "!", "…", "。", "！", "？", "؟", "۔", "।")  # noqa: RUF001


def split_sentences(
    text: str, language: str = "", *, abbreviations: frozenset[str] = frozenset()
) -> list[tuple[int, int]]:
    """Return the spans of a text's sentences."""
    tokenizer = _tokenizer(base_language(language), abbreviations)
    spans: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(text):
        start = piece.start()
        spans.extend((start + a, start + b) for a, b in tokenizer.span_tokenize(piece[0]))
    return [span for span in (_stripped(text, *span) for span in spans) if span[0] < span[1]]


def learn_abbreviations(text: str) -> frozenset[str]:
    """Return the abbreviations that a long text shows by its use of full stops."""
    trainer = PunktTrainer(lang_vars=_LanguageVars())
    trainer.train(text, finalize=True)
    return frozenset(trainer.get_params().abbrev_types)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + lead + len(piece.strip())


@lru_cache(maxsize=64)
def _tokenizer(language: str, abbreviations: frozenset[str]) -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    known = known_abbreviations()
    ours = known.get(language) or frozenset().union(*known.values())
    parameters.abbrev_types = set(ours | abbreviations)
    return PunktSentenceTokenizer(parameters, lang_vars=_LanguageVars())
