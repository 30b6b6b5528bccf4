"""Fields: the numbers of the text fields, in which the words of a document come."""

from __future__ import annotations

import numpy as np

from search.engine import TEXT_FIELDS

FIELD_COUNT = len(TEXT_FIELDS)
FIELD_WEIGHTS = np.array(list(TEXT_FIELDS.values()))
FIELD_NUMBERS = {name: number for number, name in enumerate(TEXT_FIELDS)}
