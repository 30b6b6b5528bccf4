"""JSON answers: what the API gives back.

In:  a value that msgspec encodes; sequences whose items are made when asked for, too.
Out: a response.
"""

from __future__ import annotations

import msgspec
from flask import Response

from search.deferred import encodable


def json_answer(value: object) -> Response:
    """Return a value as a JSON document."""
    return Response(msgspec.json.encode(value, enc_hook=encodable), mimetype="application/json")
