"""docs/query-language.md: every example finds what it says, and is read as it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engine import Document, Engine, SearchRequest
from search.engines.catalog import open_engine
from search.query_boosts import LEAST_BOOST, MOST_BOOST
from search.query_lexer import MAX_CHARACTERS, MAX_CLAUSES, MAX_SLOP
from search.query_parser import MAX_DEPTH, parse_query
from search.query_text import describe_query
from search.widening import widen

TEXT = (Path(__file__).resolve().parents[1] / "docs" / "query-language.md").read_text("utf-8")
LANGUAGES = {"E": "ru", "F": "tg"}


def _rows() -> Iterator[list[str]]:
    for line in TEXT.splitlines():
        if line.startswith("| ") and not line.startswith("| ---"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


EXAMPLES = [row for row in _rows() if row[0].startswith("`")]
SECTIONS = [row for row in _rows() if len(row) == 6 and row[0] != "section"]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = open_engine("whoosh", tmp_path_factory.mktemp("index"))
    documents = [
        Document(
            id=_address(name, title),
            publication="p",
            order=order,
            language=LANGUAGES.get(name, "en"),
            texts={"title": title, "heading": heading, "body": body},
            facets={"part": (part,), "year": (year,), "language": (LANGUAGES.get(name, "en"),)},
        )
        for order, (name, title, heading, body, part, year) in enumerate(SECTIONS)
    ]
    opened.publish(documents, digests={"p": "digest"})
    yield opened
    opened.close()


def test_the_document_has_its_sections_and_examples() -> None:
    assert len(SECTIONS) == 8
    assert len(EXAMPLES) >= 40


@pytest.mark.parametrize(("typed", "found", "reading"), EXAMPLES)
def test_an_example_finds_and_is_read_as_the_document_says(
    engine: Engine, typed: str, found: str, reading: str
) -> None:
    query = parse_query(typed.strip("`"))
    widened = widen(query, engine.vocabulary("sections")).query
    hits = engine.search(SearchRequest(widened, scope=query.scope or "sections")).hits
    ids = [hit.id for hit in hits]
    names = sorted(row[0] for row in SECTIONS if _is_in(_address(*row[:2]), ids))
    assert names == ([] if found == "none" else found.split(", "))
    assert describe_query(query) == reading
    assert query.notices == ()


def _address(name: str, title: str) -> str:
    return f"p/{title}/{name}"


def _is_in(section: str, ids: list[str]) -> bool:
    return any(f"{section}/".startswith(f"{found}/") for found in ids)


def test_the_limits_are_those_of_the_parser() -> None:
    said = f"{MAX_CHARACTERS:,} characters, {MAX_CLAUSES} words, {MAX_DEPTH} parentheses deep"
    assert said in TEXT
    assert f"up to {MAX_SLOP} words apart" in TEXT
    assert f"between {LEAST_BOOST:g} and {MOST_BOOST:g}" in TEXT
