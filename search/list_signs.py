"""List signs: what a printed list item brings along: a bullet, or a number or letter with its stop.

In:  the text of an item.
Out: `SIGN.match(text)`: the sign and the blank behind it.
"""

from __future__ import annotations

import re

SIGN = re.compile(r"(?:[•‣▪●○·*–—-]|\(?(?:\d{1,3}|[^\W\d_])[.)])(?=\s)\s*")
