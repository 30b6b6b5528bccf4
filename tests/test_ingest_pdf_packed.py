"""Object streams are read as pdfminer reads them, or left to it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser, PDFStreamParser
from pdfminer.pdftypes import PDFObjRef
from pdfminer.psexceptions import PSEOF

from ingest.pdf_packed import read_packed

SMALL = b"%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n"
DOCUMENT = PDFDocument(PDFParser(io.BytesIO(SMALL)))

TOKENS = st.sampled_from(
    [*rb"12 -3 +.5 4. /Name /A#20b (text) (a(b)c) (\051\n) <48656C> true false".split(), b"7 0 R"]
)


def wrapped(values: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    pairs = st.lists(values, max_size=3).map(lambda v: b" ".join(b"/K " + each for each in v))
    lists = st.lists(values, max_size=4).map(b" ".join)
    return lists.map(lambda v: b"[ " + v + b" ]") | pairs.map(lambda v: b"<< " + v + b" >>")


OBJECTS = st.lists(st.recursive(TOKENS, wrapped, max_leaves=8), max_size=6).map(b"\n".join)


def by_pdfminer(data: bytes) -> list[object]:
    parser, found = PDFStreamParser(data), list[object]()
    parser.set_document(DOCUMENT)
    try:
        while True:
            found.append(parser.nextobject()[1])
    except PSEOF:
        return found


def comparable(value: object) -> object:
    if isinstance(value, PDFObjRef):
        return "reference", value.objid
    if isinstance(value, list):
        return [comparable(each) for each in value]
    if isinstance(value, dict):
        return {key: comparable(each) for key, each in value.items()}
    return type(value).__name__, repr(value)


@given(OBJECTS)
def test_objects_are_those_that_pdfminer_reads(data: bytes) -> None:
    data = b"[" + data + b"]\n"  # pdfminer stumbles over a reference that stands alone
    assert comparable(read_packed(data, DOCUMENT)) == comparable(by_pdfminer(data))


def test_null_is_nothing() -> None:
    assert read_packed(b"[null 1] <</A null/B 2>>", DOCUMENT) == [[None, 1], {"B": 2}]


@pytest.mark.parametrize(
    "data",
    [b"<</A 1", b"]", b"<</A>>", b"<<1 2>>", b"[" * 100 + b"]" * 100, b"endobj", b"1.2.3", b"(a"],
)
def test_what_no_program_writes_is_left_to_pdfminer(data: bytes) -> None:
    assert read_packed(data, DOCUMENT) is None


@given(st.binary(max_size=60))
def test_rubbish_raises_nothing(data: bytes) -> None:
    found = read_packed(data, DOCUMENT)
    assert found is None or isinstance(found, list)
