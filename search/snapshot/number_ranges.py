"""Number ranges: does a facet value lie between two ends?

In:  a value and two ends as typed; an end may be open.
Out: yes or no, ends included. Ends that are numbers are compared as numbers, and only with values
     that are numbers; other ends are compared as text, without regard to case.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"-?\d{1,15}")


def lies_between(value: str, low: str | None, high: str | None) -> bool:
    """Tell whether `value` lies between the ends."""
    ends = [end for end in (low, high) if end is not None]
    if all(_NUMBER.fullmatch(end) for end in ends):
        if not _NUMBER.fullmatch(value):
            return False
        return (low is None or int(low) <= int(value)) and (high is None or int(value) <= int(high))
    text = value.casefold()
    is_above = low is None or low.casefold() <= text
    return is_above and (high is None or text <= high.casefold())
