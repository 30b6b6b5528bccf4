"""Translation odds: how likely it is that two pieces of publications are one text in two languages.

In:  the pieces of both publications (cases, or sections of two cases) in their order.
Out: for every two, the log odds.
Errors: none.

What speaks for a pair, or against it, in this order: the names and numbers in both texts
(`linguistics.cognates`), weighed by how few pieces have them; what they are (kind of case or
section); the parts they stand in; their place; their lengths. The weights were set on documents
in five languages and on the sample: docs/adr/0022-one-book-in-two-languages.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

_PRIOR = -1.5
_ALIKE, _CHANCE = 14.0, 0.36  # what likeness is worth; the likeness that says nothing
_FEW = 8.0  # names and numbers that make up half of a proof
_SAME_KIND, _OTHER_KIND = 2.0, -2.0
_SAME_PART, _OTHER_PART = 0.7, -0.7
_HERE, _FAR_OFF = 1.0, 5.0  # the same place; how much is lost from one end to the other
_AS_LONG, _LONGER, _MOST_LONGER = 0.5, 1.5, -2.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A case or section, as it is compared.

    Attributes:
        keys: Its names and numbers, see `linguistics.cognates`.
        kind: Of a case: case, front or back; of a section: its kind.
        part: The place of its part among the parts, from 0; -1 where it has none.
        length: In characters.
    """

    keys: Counter[str] = field(default_factory=Counter)
    kind: str = ""
    part: int = -1
    length: int = 0


def odds_of(ones: Sequence[Piece], others: Sequence[Piece]) -> list[list[float]]:
    """Return the log odds of every two pieces."""
    likeness = _Likeness(ones, others)
    traits = _Traits(ones, others)
    return [
        [
            _PRIOR + likeness.odds(at, there) + traits.odds(one, other) + _of_place(at, there, size)
            for there, other in enumerate(others)
        ]
        for at, one in enumerate(ones)
        for size in [(len(ones), len(others))]
    ]


class _Likeness:
    """Cosines of names and numbers; what occurs on one side only could not agree."""

    def __init__(self, ones: Sequence[Piece], others: Sequence[Piece]) -> None:
        mine, theirs = _spread(ones), _spread(others)
        pieces = len(ones) + len(others) + 1
        weights = {
            key: math.log(pieces / (mine[key] + theirs[key])) for key in mine.keys() & theirs.keys()
        }
        self._ones = [_vector(piece.keys, weights) for piece in ones]
        self._others = [_vector(piece.keys, weights) for piece in others]

    def odds(self, one: int, other: int) -> float:
        mine, theirs = self._ones[one], self._others[other]
        if len(mine) > len(theirs):
            mine, theirs = theirs, mine
        alike = sum(weight * theirs[key] for key, weight in mine.items() if key in theirs)
        proof = len(mine) / (len(mine) + _FEW)
        return _ALIKE * (alike - _CHANCE) * proof


def _spread(pieces: Sequence[Piece]) -> Counter[str]:
    """Count the pieces that have a key."""
    return Counter(key for piece in pieces for key in piece.keys)


def _vector(keys: Counter[str], weights: Mapping[str, float]) -> dict[str, float]:
    """Return the weights of keys, of length 1."""
    found = {key: (1 + math.log(n)) * weights[key] for key, n in keys.items() if key in weights}
    length = math.hypot(*found.values())
    return {key: weight / length for key, weight in found.items()} if length else {}


class _Traits:
    """What can be told of two pieces without their words."""

    def __init__(self, ones: Sequence[Piece], others: Sequence[Piece]) -> None:
        mine, theirs = {piece.kind for piece in ones}, {piece.kind for piece in others}
        self._common = mine & theirs  # a kind of one language's own says nothing
        parts = [{piece.part for piece in pieces} for pieces in (ones, others)]
        self._has_parts = parts[0] == parts[1] and len(parts[0]) > 1
        lengths = [[math.log(p.length) for p in pieces if p.length] for pieces in (ones, others)]
        self._usual = median(lengths[1]) - median(lengths[0]) if all(lengths) else 0.0

    def odds(self, one: Piece, other: Piece) -> float:
        found = self._of_length(one, other)
        if one.kind in self._common and other.kind in self._common and len(self._common) > 1:
            found += _SAME_KIND if one.kind == other.kind else _OTHER_KIND
        if self._has_parts:
            found += _SAME_PART if one.part == other.part else _OTHER_PART
        return found

    def _of_length(self, one: Piece, other: Piece) -> float:
        if not (one.length and other.length):
            return 0.0
        off = math.log(other.length / one.length) - self._usual
        return max(_AS_LONG - _LONGER * off * off, _MOST_LONGER)


def _of_place(one: int, other: int, size: tuple[int, int]) -> float:
    """Return what the places are worth: both as shares of the way, and from either end."""
    off = min(abs(one - other), abs((size[0] - one) - (size[1] - other)))
    share = abs((one + 0.5) / size[0] - (other + 0.5) / size[1])
    return _HERE - _FAR_OFF * min(share, off / max(size))
