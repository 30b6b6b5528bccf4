"""Fields: positions that say field and place at once.

In:  the name of a text field, the number of a word in it.
Out: a position: the field's number above `FIELD_BITS` bits, the word's number below.
"""

from __future__ import annotations

import numpy as np

from search.engine import TEXT_FIELDS

FIELD_BITS = 24  # a field may have 16 million words
FIELD_COUNT = len(TEXT_FIELDS)
FIELD_WEIGHTS = np.array(list(TEXT_FIELDS.values()))
FIELD_NUMBERS = {name: number for number, name in enumerate(TEXT_FIELDS)}


def first_position(field: str) -> int:
    """Return the position of a field's first word."""
    return FIELD_NUMBERS[field] << FIELD_BITS
