"""The letters of real documents, against pdfminer's own extraction."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text

from ingest.letters import clean_letters
from ingest.lines import group_lines
from ingest.pdf_document import PageNode, open_pdf
from ingest.pdf_fonts import FontShelf
from ingest.pdf_pages import read_page
from ingest.pdf_streams import page_source

EVERY = 30  # pages one is looked at; all of them in the slow run


def letters_of(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKC", clean_letters(text))
    return Counter(sign for sign in plain if not sign.isspace() and sign not in "\u00ad\ufffd")


def share_of_equal_pages(path: Path, every: int) -> float:
    nodes = open_pdf(path.read_bytes()).pages
    numbers = range(min(every // 2, 3), len(nodes), every)
    theirs = extract_text(path, page_numbers=numbers).split("\f")
    pairs = zip((nodes[number] for number in numbers), theirs, strict=False)
    equal = [our_letters(node) == letters_of(drop_unmapped(text)) for node, text in pairs]
    return sum(equal) / len(equal)


def our_letters(node: PageNode | None) -> Counter[str]:
    assert node is not None
    lines = group_lines(read_page(page_source(node), FontShelf()))
    return letters_of(" ".join(line.text for line in lines))


def drop_unmapped(text: str) -> str:
    head, *rest = text.split("(cid:")
    return head + "".join(part.partition(")")[2] for part in rest)


def documents(shared: Path) -> list[Path]:
    segmentation = shared / "pdf" / "segmentation"
    return [shared / "book" / "book.pdf", *sorted(segmentation.glob("*.pdf"))]


def test_no_letter_of_the_sampled_pages_is_lost_or_added(shared: Path) -> None:
    shares = {path.name: share_of_equal_pages(path, EVERY) for path in documents(shared)}
    assert min(shares.values()) == 1.0, shares


@pytest.mark.slow
def test_no_letter_is_lost_or_added_on_995_pages_of_1000(shared: Path) -> None:
    shares = {path.name: share_of_equal_pages(path, 1) for path in documents(shared)}
    assert min(shares.values()) >= 0.985, shares
    pages = {path.name: len(open_pdf(path.read_bytes()).pages) for path in documents(shared)}
    equal = sum(share * pages[name] for name, share in shares.items())
    assert equal >= 0.995 * sum(pages.values()), shares
