"""Freshness: a page that a browser still has is not sent again.

In:  a response that is ready to be sent, packed or not: each way has a tag of its own.
Out: the same response with an entity tag; 304 without a body where the browser named that tag.
Source: RFC 9110, 8.8.3 and 13.1.2.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, request


def answer_briefly(response: Response) -> Response:
    """Tag a page; files bring tags of their own."""
    is_page = response.status_code == HTTPStatus.OK and not response.direct_passthrough
    if not is_page or request.method not in {"GET", "HEAD"}:
        return response
    response.add_etag()
    if request.if_none_match:
        response.make_conditional(request)
    return response
