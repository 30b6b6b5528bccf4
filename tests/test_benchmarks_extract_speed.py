"""Extracted texts are compared word by word and letter by letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.extract_speed import pdfs_in, same_letters, word_f1
from benchmarks.readers import READERS, read_apart


def test_the_same_words_in_another_order_agree_wholly() -> None:
    assert word_f1(["two wells\nwere dug"], ["dug Two were wells"]) == 1.0


def test_words_on_another_page_do_not_agree() -> None:
    assert word_f1(["wells", ""], ["", "wells"]) == 0.0


def test_missing_and_broken_words_cost() -> None:
    assert word_f1(["clean wa ter"], ["clean water"]) == pytest.approx(2 / 5)


def test_no_words_at_all_agree() -> None:
    assert word_f1([""], [""]) == 1.0


def test_blanks_and_ligatures_are_no_letters_of_their_own() -> None:
    assert same_letters(["o ffi ce", "ab"], ["oﬃce", "abc"]) == 0.5


def test_a_glyph_without_a_letter_is_the_same_however_it_is_written() -> None:
    assert same_letters(["a\N{REPLACEMENT CHARACTER}b"], ["a(cid:12)b"]) == 1.0


def test_folders_give_their_pdfs(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.pdf", "c.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in pdfs_in([tmp_path, Path("other.pdf")])] == [
        "a.pdf",
        "b.pdf",
        "other.pdf",
    ]


@pytest.mark.parametrize("name", ["casebook-within", "pdfminer"])
def test_a_reader_reads_every_page_in_a_process_of_its_own(name: str, sample_pdf: Path) -> None:
    read = read_apart(name, sample_pdf)
    assert name in READERS
    assert len(read.pages) == 38
    assert read.cpu_s > 0
