"""Case arrays: what a case is, worked out from its sections.

In:  sections in book order, those of a case together.
Out: the cases as runs of sections; their lengths; their facet values, each once.

A case has the texts of all its sections. Those that are the case's own (`CASE_FIELDS`) stand in
every section of it, and count once: where the first section has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engine import CASE_FIELDS, case_of
from search.snapshot.fields import FIELD_NUMBERS
from search.snapshot.gathering import Entry, Ints, Mask

REPEATED = np.array([FIELD_NUMBERS[name] for name in CASE_FIELDS])


@dataclass(frozen=True, slots=True)
class Runs:
    """Cases: where each begins among the sections, and the end; the case of each section."""

    ids: Sequence[str]
    publications: Sequence[str]
    firsts: Ints
    case_of: Ints
    is_first: Mask

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Runs:
        """Find the cases of sections."""
        names = [case_of(entry.id) for entry in entries]
        starts = [n for n, name in enumerate(names) if not n or name != names[n - 1]]
        firsts = np.array([*starts, len(names)], np.int32)
        is_first = np.zeros(len(names), np.bool_)
        is_first[starts] = True
        return cls(
            [names[n] for n in starts],
            [entries[n].publication for n in starts],
            firsts,
            np.repeat(np.arange(len(starts), dtype=np.int32), np.diff(firsts)),
            is_first,
        )


def case_lengths(lengths: NDArray[np.int32], runs: Runs) -> Ints:
    """Return the words of each case, from those of each field of each section."""
    repeated = np.where(runs.is_first, 0, lengths[:, REPEATED].sum(axis=1))
    totals = (lengths.sum(axis=1) - repeated).astype(np.int32)
    starts = runs.firsts[:-1]
    return np.add.reduceat(totals, starts) if starts.size else totals


def case_facet(values: Ints, at: Ints, runs: Runs) -> tuple[Ints, Ints]:
    """Return the values of each case and where each begins, from those of each section."""
    owners = np.repeat(runs.case_of, np.diff(at)).astype(np.int64)
    base = int(values.max(initial=0)) + 1
    pairs = np.sort(owners * base + values)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    owners, found = np.divmod(pairs, base)
    starts = owners.searchsorted(np.arange(runs.firsts.size))
    return found.astype(np.int32), starts.astype(np.int32)
