"""Facet values: by what they are compared, and which of them a question means.

In:  values as the records have them; a leaf of the plan.
Out: keys. A value's key is its NFC form without regard to case: values with one key are one value.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from search.analysis import analyze
from search.query_plan import FacetLeaf
from search.sequences import find_sequences
from search.snapshot.number_ranges import lies_between


@lru_cache(maxsize=1 << 14)
def value_key(value: str) -> str:
    """Return what a facet value is compared by."""
    return unicodedata.normalize("NFC", value).casefold()


def value_matches(value: str, leaf: FacetLeaf) -> bool:
    """Tell whether a leaf of the plan matches one facet value."""
    if leaf.pattern:
        return any(leaf.pattern.fits(token.exact) for token in analyze(value))
    if not leaf.steps:
        return lies_between(value, leaf.low, leaf.high)
    tokens = analyze(value)
    last = len(leaf.steps) - 1
    steps = [
        [t.position for t in tokens if _has_form(t.exact, step, leaf.is_prefix and number == last)]
        for number, step in enumerate(leaf.steps)
    ]
    return next(find_sequences(steps, leaf.slop), None) is not None


def _has_form(form: str, wanted: str, is_prefix: bool) -> bool:  # noqa: FBT001
    return form.startswith(wanted) if is_prefix else form == wanted
