"""Plain texts: encodings, pages, lines."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableError
from ingest.text_file import decode_text, read_text

RUSSIAN = "Общественная организация, основанная в селе: совет и хукумат."
TAJIK = "Деҳаи мо дар баҳор боғи нав барпо кард ва ҳар хонавода чор дарахт шинонд."
FRENCH = "L'été, une forêt où les élèves ont planté des arbres à côté."


def lines_of(data: bytes) -> list[str]:
    (page,) = read_text(data, "a.txt").pages
    return [line.text for line in page.lines]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "iso8859-5"),
        (RUSSIAN, "mac-cyrillic"),
        (TAJIK, "koi8-t"),
        (RUSSIAN.upper(), "cp1251"),
        (RUSSIAN.upper(), "koi8-r"),
        (RUSSIAN.upper(), "cp866"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-8"),
    ],
)
def test_the_encoding_is_found(text: str, encoding: str) -> None:
    assert lines_of(text.encode(encoding)) == [text]


def test_utf_16_is_told_by_its_mark_in_either_order() -> None:
    assert lines_of(codecs.BOM_UTF16_BE + RUSSIAN.encode("utf-16-be")) == [RUSSIAN]


def test_form_feeds_part_pages() -> None:
    found = read_text(b"one\ntwo\n\fthree\n\f", "a.txt")
    texts = [[line.text for line in page.lines] for page in found.pages]
    assert (texts, found.paged) == ([["one", "two"], ["three"]], True)
    assert [page.number for page in found.pages] == [1, 2]


def test_without_form_feeds_all_stands_on_one_page_that_is_not_said_to_be_one() -> None:
    found = read_text(b"one\ntwo\n", "a.txt")
    assert (len(found.pages), found.paged) == (1, False)


def test_empty_lines_are_kept_and_leading_blanks_counted() -> None:
    (page,) = read_text(b"  one\r\n\r\n\ttwo  \r\n", "a.txt").pages
    assert [(line.text, line.indent) for line in page.lines] == [("one", 2), ("", 0), ("two", 8)]


def test_a_line_of_a_text_has_no_box_and_no_font() -> None:
    (page,) = read_text(b"one\n", "a.txt").pages
    assert (page.lines[0].box, page.lines[0].font, page.lines[0].words) == (None, "", ())


@pytest.mark.parametrize(
    "data", [b"\0" * 100, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(1, 32)) * 9, b" \n\n\f \n"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"a\.txt: "):
        read_text(data, "a.txt")


def test_a_broken_utf_16_file_is_refused() -> None:
    with pytest.raises(UnreadableError, match="UTF-16"):
        decode_text(codecs.BOM_UTF16_LE + b"\x00\xd8a", "a.txt")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1))
def test_any_text_is_read_whole(text: str) -> None:
    decoded = decode_text(text.encode(), "a.txt")
    assert decoded == text.removeprefix("\ufeff")


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = read_text(data, "a.txt")
    except UnreadableError:
        return
    assert all(
        line.text.replace("\u00ad", "").isprintable() for p in found.pages for line in p.lines
    )
