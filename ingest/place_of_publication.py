"""The place of publication: what a title page that ends in “Words, 2007” means by these words.

In:  the lines of the front matter, the whole text, the names known already (authors, publisher).
Out: the place, or the publisher that stands there instead; "" for what is not there.

A title page ends in a place or in a publisher, and both are a word or two. A publisher it is where
the words hold the name of an institution (Press, Institute …), are part of a known name, or go on
to be one in the front matter (“the Casebook project”); unless the text says that something is in
it: then it is a place that an institution is called after (Oxford).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.titles import title_words
from ingest.usual_names import is_usual_word

_BEFORE_YEAR = re.compile(
    r"^(?P<words>[^\W\d_][^\d,:;]{2,30}?)[\s,:–-]+(?:19|20)\d\d\s*(?:\u0433\.?)?$"
)
_IN = r"(?:in|at|near|\u0432|\u0433\.|\u0434\u0430\u0440|\u0448\u0430\u04b3\u0440\u0438)"
_ENDING = 2  # letters of a Cyrillic name that change with its case


def is_place_line(text: str) -> bool:
    """Tell whether a line may be the one with place (or publisher) and year."""
    return _BEFORE_YEAR.match(text) is not None


def read_place(front: Sequence[str], text: str, known: Iterable[str]) -> tuple[str, str]:
    """Return the place, and the publisher where one stands in its stead."""
    found = (m["words"].strip() for line in front if (m := _BEFORE_YEAR.match(line)))
    words = next((words for words in found if not _has("month", words)), "")
    if not words or not _is_publisher(words, front, text, known):
        return words, ""
    return "", words


def _is_publisher(words: str, front: Sequence[str], text: str, known: Iterable[str]) -> bool:
    if _has("institution", words):
        return True
    within = f" {' '.join(title_words(words))} "
    is_known = any(within in f" {' '.join(title_words(name))} " for name in known)
    return (is_known or _goes_on(words, front)) and not _is_somewhere(words, text)


def _has(group: str, words: str) -> bool:
    return any(is_usual_word(group, word) for word in words.split())


def _goes_on(words: str, front: Sequence[str]) -> bool:
    """Tell whether these words are followed by those of an institution."""
    after = re.findall(rf"\b{re.escape(words)}\s+([^\W\d_]+)", " ".join(front))
    return any(is_usual_word("institution", word) for word in after)


def _is_somewhere(words: str, text: str) -> bool:
    """Tell whether the text says that something is in a place of this name."""
    stem = words if words.isascii() else words[:-_ENDING]
    return re.search(rf"\b{_IN}\s+{re.escape(stem)}", text) is not None
