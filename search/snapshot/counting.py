"""Counting: places → how often something stands in each document.

In:  fields, counted over all documents, in rising order: one for every place.
Out: the documents, each once, in rising order; the fields' weights in each, added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine import TEXT_FIELDS
from search.snapshot.fields import FIELD_COUNT, FIELD_WEIGHTS
from search.snapshot.gathering import Documents, changes
from search.snapshot.places import NOWHERE

NEVER = np.empty(0, np.uint8)
Counted = tuple[Documents, NDArray[Any]]  # rising, each once; how often something stands there
_WEIGHTS = tuple(TEXT_FIELDS.values())
_FEW = 16  # places that are counted without numpy, whose calls cost more than the counting


def count_fields(fields: NDArray[np.integer[Any]]) -> Counted:
    """Return the documents of some fields, in rising order, and the fields' weights in each."""
    if not fields.size:
        return NOWHERE, NEVER
    if fields.size <= _FEW:
        return _one_by_one(fields.tolist())
    documents = fields // FIELD_COUNT
    steps = changes(documents).nonzero()[0]
    weights = np.add.reduceat(FIELD_WEIGHTS[fields % FIELD_COUNT], steps)
    return documents[steps].astype(np.int32), weights


def _one_by_one(fields: Sequence[int]) -> Counted:
    times: dict[int, float] = {}
    for field in fields:
        document, number = divmod(field, FIELD_COUNT)
        times[document] = times.get(document, 0.0) + _WEIGHTS[number]
    return np.array([*times], np.int32), np.array([*times.values()])
