"""A marked text is shown as the text, escaped, with a mark around each span."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.escaping import escape
from webui.marked_text import marked


@st.composite
def texts_and_spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(st.text(alphabet="ab <>&\"'é😀", min_size=1, max_size=30))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, list(zip(edges[::2], edges[1::2], strict=False))


@given(texts_and_spans())
def test_no_letter_is_lost_and_each_span_is_marked(
    given_: tuple[str, list[tuple[int, int]]],
) -> None:
    text, spans = given_
    found = str(escape(marked(text, spans)))
    pieces = found.replace("</mark>", "<mark>").split("<mark>")
    assert html.unescape("".join(pieces)) == text
    assert [html.unescape(piece) for piece in pieces[1::2]] == [text[a:b] for a, b in spans]


@pytest.mark.parametrize("spans", [(), ((0, 3),)])
def test_what_looks_like_markup_is_text(spans: tuple[tuple[int, int], ...]) -> None:
    assert "<b>" not in escape(marked("<b>bold</b>", spans))
