"""Content streams are unpacked as they were packed."""

from __future__ import annotations

import base64
import zlib

from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT

from ingest.pdf_streams import inflate

A85, FLATE = LIT("ASCII85Decode"), LIT("FlateDecode")


def unpacked(data: bytes, *filters: object) -> tuple[bytes, str]:
    stream = PDFStream({"Filter": list(filters)}, data)
    problem = inflate(stream)
    return stream.data or b"", problem


@given(st.binary(max_size=60), st.sampled_from([0, 1, 7]))
def test_ascii85_is_undone_as_it_was_made(data: bytes, width: int) -> None:
    packed = base64.a85encode(zlib.compress(data), wrapcol=width)
    assert unpacked(packed + b"~>", A85, FLATE) == (data, "")
    assert unpacked(b"<~" + packed + b"~>", A85, FLATE) == (data, "")


def test_signs_that_are_no_ascii85_are_said() -> None:
    _, problem = unpacked(b"ab\xffcd~>", A85)
    assert problem
