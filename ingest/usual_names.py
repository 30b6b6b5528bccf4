"""Usual names: how reports of several languages call their sections and labels.

In:  a heading or a label as printed.
Out: the kind it begins with, or whether it is one of the usual words.
Source: usual_names.toml beside this module.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from ingest.titles import split_number, title_words

_LEGEND = re.compile(r"(?P<word>[^\W\d_]+?)\.? ?(?:№ ?)?(?:[^\W\d_]?(?:\.?\d)+|[IVX]+)(?![^\W\d_])")
_DATA = Path(__file__).with_name("usual_names.toml")


class _Table(msgspec.Struct, frozen=True):
    kinds: dict[str, list[str]]
    places: dict[str, list[str]]
    words: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class UsualNames:
    """Names of kinds by their words; `names` maps a run of words to a kind."""

    names: Mapping[tuple[str, ...], str]

    def kind(self, heading: str) -> str:
        """The kind whose name the heading begins with (the longest wins); "" for none."""
        words = tuple(title_words(split_number(heading)[1]))
        starts = (words[:size] for size in range(len(words), 0, -1))
        return next((self.names[start] for start in starts if start in self.names), "")

    def is_name(self, heading: str) -> bool:
        """Is the heading a usual name and nothing else?"""
        return tuple(title_words(split_number(heading)[1])) in self.names


def usual_names(extra: Mapping[str, str] | None = None) -> UsualNames:
    """The usual names, with an editor's own (name → kind) on top."""
    names = {tuple(title_words(n)): kind for kind, all_ in _table().kinds.items() for n in all_}
    names.update({tuple(title_words(name)): kind for name, kind in (extra or {}).items()})
    return UsualNames(names)


def kinds_of_place(place: str) -> frozenset[str]:
    """The kinds of chapters that usually stand in "front" or "back" of the cases."""
    return frozenset(_table().places[place])


def is_usual_word(group: str, text: str) -> bool:
    """Is the text one of the group's words: "contents", "part", "organisation" …?"""
    return " ".join(title_words(text)) in _words(group)


def begins_with_usual_word(group: str, text: str) -> bool:
    """Does the text begin with one of the group's words?"""
    words = title_words(text)
    return any(" ".join(words[:size]) in _words(group) for size in (1, 2, 3))


def is_legend(text: str) -> bool:
    """Does it count pictures, tables or boxes: "Figure 3. …", "Table 2-1"?"""
    found = _LEGEND.match(text)
    return found is not None and is_usual_word("legend", found["word"])


def labelled_value(group: str, text: str) -> str:
    """What stands after one of the group's words and a colon or dash: "Label: value"."""
    found = re.match(r"\s*(?P<label>[^:–—\-]{2,40}?)\s*[:–—]\s*(?P<value>\S.*)$", text)
    return found["value"].strip() if found and is_usual_word(group, found["label"]) else ""


@cache
def _table() -> _Table:
    return msgspec.toml.decode(_DATA.read_bytes(), type=_Table)


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(" ".join(title_words(word)) for word in _table().words[group])
