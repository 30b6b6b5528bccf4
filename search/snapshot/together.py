"""Together: small segments → one in memory, for those who read.

In:  the segments of a committed state.
Out: the same documents in fewer segments: the large ones, and one for all small ones.

Each segment costs a question a look at its words, so that eight small ones beside a large one
take longer to ask than the large one alone. What is put together is what living publications say,
as a merge would write it; nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from search.snapshot.building import build
from search.snapshot.living import LivingSegment
from search.snapshot.merging import batch_of
from search.snapshot.segment import Segment

MOST_WORDS = 1 << 19  # of the small segments in all: about 20 MB
NAME = "together"  # no segment on the disk is called so


def may_be_together(segments: Sequence[LivingSegment]) -> bool:
    """Tell whether any segments are to be put together."""
    return len(_small(segments)) > 1


def put_together(segments: Sequence[LivingSegment]) -> list[LivingSegment]:
    """Return all segments, the small ones as one, which comes last."""
    small = _small(segments)
    large = [each for n, each in enumerate(segments) if n not in small]
    chosen = [segments[n] for n in sorted(small)]
    publications = [publication for each in chosen for publication in each.publications]
    batches = [batch_of(each.segment, {p.id for p in each.publications}) for each in chosen]
    built = build(publications, batches)
    return [*large, LivingSegment(Segment(NAME, built.arrays, built.about), frozenset())]


def _small(segments: Sequence[LivingSegment]) -> set[int]:
    """Return the places of the smallest segments that have so many words in all."""
    words = [int(each.segment.scopes["sections"].fields[-1]) for each in segments]
    rising = sorted(range(len(segments)), key=words.__getitem__)
    sums = accumulate(words[n] for n in rising)
    return {n for n, total in zip(rising, sums, strict=True) if total <= MOST_WORDS}
