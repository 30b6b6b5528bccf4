"""Every file is read, or refused in one clear sentence."""

from __future__ import annotations

import io
import os
import re
import threading
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import NeedsOcrError, UnreadableError
from ingest.read import EXTRACTOR, ReadLimits, read_file
from tests.pdf_samples import draw_pdf, text

GREY_PICTURE = b"P5 2 2 255\n\x80\x80\x80\x80"


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(io.BytesIO(GREY_PICTURE)), 0, 0, 595, 842)


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_file(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.pdf", b"", "the file is empty"),
        ("a.pdf", b"\0" * 5000, "zero bytes"),
        ("a.txt", b"\0" * 5000, "zero bytes"),
        ("a.pdf", b"<!DOCTYPE html><html>404</html>", "a web page, not a PDF"),
        ("a.pdf", b"PK\x03\x04rest", "a ZIP archive or an office document, not a PDF"),
        ("a.pdf", b"just some words", "not a PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", "an old office document"),
        ("a.pdf", b"%PDF-1.4\n", "no page can be found"),
        ("a.pdf", b"%PDF-1.4\n" + os.urandom(4000), "no page can be found"),
        ("a.txt", b"   \n\n", "holds no text"),
    ],
)
def test_a_file_without_anything_to_read_is_refused_with_the_reason(
    tmp_path: Path, name: str, data: bytes, expected: str
) -> None:
    sentence = refusal(write(tmp_path / name, data))
    assert expected in sentence
    assert sentence.startswith(f"{name}: ")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "there is no such file" in refusal(tmp_path / "none.pdf")
    assert "this is a folder" in refusal(tmp_path)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    assert "not an ordinary file" in refusal(tmp_path / "pipe.pdf")


def test_a_file_larger_than_allowed_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"x" * (2 << 20))
    with pytest.raises(UnreadableError, match="larger than 1 MB"):
        read_file(path, limits=ReadLimits(file_bytes=1 << 20))


def test_a_password_is_asked_for_in_plain_words(tmp_path: Path) -> None:
    path = draw_pdf(tmp_path / "a.pdf", text("secret"), password="key")
    assert "encrypted and needs a password" in refusal(path)


def test_a_pdf_that_opens_without_a_password_is_read(tmp_path: Path) -> None:
    path = draw_pdf(tmp_path / "a.pdf", text("locked words"), password="key", owner_only=True)
    assert read_file(path).pages[0].lines[0].text == "locked words"


def test_pages_without_any_mark_are_refused(tmp_path: Path) -> None:
    assert "no text on any page" in refusal(draw_pdf(tmp_path / "a.pdf", text(), text()))


def test_pictures_of_pages_need_text_recognition(tmp_path: Path) -> None:
    with pytest.raises(NeedsOcrError, match="pictures of pages"):
        read_file(draw_pdf(tmp_path / "a.pdf", picture, picture))


def test_a_page_that_is_a_picture_among_others_is_named(tmp_path: Path) -> None:
    found = read_file(draw_pdf(tmp_path / "a.pdf", text("one"), picture, text("three")))
    assert [(lost.number, "OCR" in lost.reason) for lost in found.lost_pages] == [(2, True)]
    assert len(found.pages) == 3


def test_a_truncated_file_gives_the_pages_that_are_left(tmp_path: Path) -> None:
    whole = draw_pdf(tmp_path / "a.pdf", *(text(f"words of page {n}") for n in range(1, 9)))
    data = whole.read_bytes()
    cut = write(tmp_path / "cut.pdf", data[: int(data.index(b"startxref") * 0.97)])
    found = read_file(cut)
    assert found.pages[0].lines[0].text == "words of page 1"


def test_progress_is_told_page_by_page(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    path = draw_pdf(tmp_path / "a.pdf", text("one"), text("two"))
    read_file(path, progress=lambda page, total: steps.append((page, total)))
    assert steps == [(1, 2), (2, 2)]


def test_a_pdf_is_known_by_its_first_bytes_and_not_by_its_name(tmp_path: Path) -> None:
    path = draw_pdf(tmp_path / "a.txt", text("one"))
    assert read_file(path).media == "pdf"
    assert EXTRACTOR.startswith("casebook-pdf ")


def test_a_name_that_is_no_text_does_not_matter(tmp_path: Path) -> None:
    path = draw_pdf(tmp_path / "a.pdf", text("one"))
    odd = tmp_path / os.fsdecode(b"\xff\x1b.pdf")
    path.rename(odd)
    assert read_file(odd).pages[0].lines[0].text == "one"
    odd.write_bytes(b"")
    assert refusal(odd).isprintable()


def test_a_server_thread_can_read(tmp_path: Path) -> None:
    path = draw_pdf(tmp_path / "a.pdf", text("one"))
    found: list[str] = []
    thread = threading.Thread(target=lambda: found.append(read_file(path).pages[0].lines[0].text))
    thread.start()
    thread.join()
    assert found == ["one"]


def bare(line: str) -> str:
    """Leave out what another rendering sets differently: blanks and leaders."""
    return re.sub(r"[\s.…]+", "", line)


def test_the_book_is_read_line_by_line_in_the_order_of_its_text(shared: Path) -> None:
    (source,) = shared.glob("book/*.txt")
    printed = read_file(shared / "book" / "book.pdf").pages
    found = [bare(line.text) for page in printed for line in page.lines]
    expected = [bare(line.text) for line in read_file(source).pages[0].lines if line.text]
    assert SequenceMatcher(None, expected, found, autojunk=False).ratio() >= 0.9
