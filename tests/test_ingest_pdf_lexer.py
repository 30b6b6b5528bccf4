"""Content streams are read as pdfminer reads them, and no stream stops the lexer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSKeyword, PSLiteral

from ingest.errors import PageStopError
from ingest.pdf_lexer import MAX_DEPTH, read_operations

BLANKS = st.sampled_from([b" ", b"\n", b"\r\n", b"\t  ", b" % a remark )>]\n"])
NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9).map(lambda n: b"%d" % n),
    st.tuples(st.integers(-999, 999), st.integers(0, 99)).map(lambda p: b"%d.%d" % p),
    st.sampled_from([b"+7", b"-.5", b".25", b"4.", b"007"]),
)
NAMES = st.from_regex(rb"/[A-Za-z][A-Za-z0-9+.-]{0,8}(#20[a-z])?", fullmatch=True)


def _literal(raw: bytes) -> bytes:
    return b"(" + re.sub(rb"[()\\\r]", lambda found: b"\\" + found[0], raw) + b")"


STRINGS = st.one_of(
    st.binary(max_size=12).map(lambda raw: _literal(raw.replace(b"\r", b"r"))),
    st.binary(max_size=12).map(lambda raw: b"<%s>" % raw.hex().encode()),
    st.sampled_from([b"(a(b)c)", b"((a)(b(c)))", rb"(\101\7z\t\()", b"< 4a 4B >"]),
)
VALUES = st.recursive(
    NUMBERS | NAMES | STRINGS | st.sampled_from([b"true", b"false"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5).map(lambda items: b"[" + b" ".join(items) + b"]"),
        st.lists(st.tuples(NAMES, inner), max_size=3).map(
            lambda pairs: b"<<" + b" ".join(b"%s %s" % pair for pair in pairs) + b">>"
        ),
    ),
    max_leaves=8,
)
OPERATORS = st.sampled_from([b"Tj", b"TJ", b"T*", b"'", b'"', b"cm", b"q", b"Do", b"B*", b"d0"])
STATEMENTS = st.tuples(st.lists(VALUES, max_size=5), OPERATORS, BLANKS)


@st.composite
def streams(draw: st.DrawFn) -> bytes:
    parts: list[bytes] = []
    for values, operator, blank in draw(st.lists(STATEMENTS, max_size=8)):
        for value in values:
            parts += [value, draw(BLANKS)]
        parts += [operator, blank]
    return b"".join(parts)


def plain(value: object) -> object:
    """Make a value comparable: names and operators have no equality of their own."""
    if isinstance(value, PSLiteral | PSKeyword):
        return type(value).__name__, value.name
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def theirs(data: bytes) -> Iterator[object]:
    parser = PDFContentParser([PDFStream({}, data)])
    while True:
        try:
            yield plain(parser.nextobject()[1])
        except PSEOF:
            return


def ours(data: bytes) -> Iterator[object]:
    for operator, operands in read_operations(data):
        yield from (plain(operand) for operand in operands)
        yield "PSKeyword", operator


@settings(max_examples=40)
@given(streams())
@example(b"1 0 0 1 72 720 cm BT /F1 12 Tf [(a)-20<62>] TJ (b)' ET")
@example(b"12Td(a)Tj[1(b)]TJ/F 1Tf<</A 1>>DP 1.2.3 -4-5 cm")
def test_operands_and_operators_are_those_that_pdfminer_reads(data: bytes) -> None:
    assert [*ours(data)] == [*theirs(data)]


@given(st.binary(max_size=400))
@example(b"(" * 50)
@example(b"<<" * 50 + b"/A")
@example(b"BI /W 1 ID \xff\xfe")
@example(b"\\ (\\")
def test_no_bytes_make_it_fail(data: bytes) -> None:
    assert all(isinstance(operator, bytes) for operator, _ in read_operations(data))


@given(
    st.lists(
        st.sampled_from(
            b"( ) < > << >> [ ] { } / % BI ID EI ~> \\ 1 -- +. 1.2.3 /A#4 q TJ \0 \n true".split(
                b" "
            )
        ),
        max_size=40,
    )
)
def test_no_order_of_delimiters_makes_it_fail(tokens: list[bytes]) -> None:
    for blank in (b"", b" ", b"\0"):
        assert isinstance([*read_operations(blank.join(tokens))], list)


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"BT\0/F\x0012\0Tf\0(ab)\0Tj", [(b"BT", 0), (b"Tf", 2), (b"Tj", 1)]),
        (b"--5 g", [(b"g", 1)]),
        (b"+. - w", [(b"w", 0)]),
        (b"1" * 1_000_000 + b" w 2 J", [(b"w", 0), (b"J", 1)]),
        (b") ] >> > } ! q", [(b"q", 0)]),
        (b"q (never closed Q", [(b"q", 0)]),
        (b"q [1 2 Q", [(b"q", 0)]),
        (b"1 " * 1_000 + b"cm", [(b"cm", 64)]),
    ],
)
def test_rubbish_is_passed_over(data: bytes, wanted: list[tuple[bytes, int]]) -> None:
    found = [(operator, len(operands[-64:])) for operator, operands in read_operations(data)]
    assert found == wanted


@pytest.mark.parametrize(
    "image",
    [
        b"BI /W 1 /H 1 ID \x00\xff(EI\x80\xfeEI \x01 EI",
        b"BI /W 1 /H 1 /F /A85 ID abEI (c ~> EI",
        b"BI /W 1 /H 1 /F [/A85 /Fl] ID abEI (c ~>\nEI",
        b"BI\0/W\x001\0/H\x001\0ID\0(\0EI",
    ],
)
def test_the_data_of_an_inline_image_are_no_operators(image: bytes) -> None:
    found = [*read_operations(b"q " + image + b" Q (after it) Tj")]
    assert [operator for operator, _ in found] == [b"q", b"EI", b"Q", b"Tj"]
    (attributes,) = found[1][1]
    assert isinstance(attributes, dict)
    assert (attributes["W"], attributes["H"]) == (1, 1)


def test_ignored_operators_are_passed_over() -> None:
    data = b"/P <</MCID 0>> BDC 1 w (a) Tj EMC"
    assert [*read_operations(data, {b"BDC", b"EMC", b"w"})] == [(b"Tj", [b"a"])]


def test_brackets_without_end_stop_the_page() -> None:
    with pytest.raises(PageStopError, match="brackets"):
        list(read_operations(b"q " + b"[" * (MAX_DEPTH + 1)))


def test_escapes_of_names_and_strings_are_undone() -> None:
    ((_, (name, text)),) = read_operations(
        rb"/A#20b#zz (\(\\\101\r\n\8\
x) x"
    )
    assert isinstance(name, PSLiteral)
    assert (name.name, text) == ("A bzz", b"(\\A\r\n8x")


@pytest.mark.parametrize(
    "part",
    [
        b"(",
        b"[",
        b"<",
        b"1 ",
        b"/A",
        b"<<",
        b"BI ",
        b"BI ID ",
        b"BI/F/A85 ID ",
        b"(a(b(",
        b"\0",
        b"%",
    ],
)
def test_long_rubbish_ends(part: bytes) -> None:
    try:
        found = sum(1 for _ in read_operations(part * 200_000 + b" q"))
    except PageStopError:
        return
    assert found <= 200_001
