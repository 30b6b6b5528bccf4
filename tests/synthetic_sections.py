"""A small synthetic library for the tests of the benchmarks."""

from __future__ import annotations

from pathlib import Path

from benchmarks.questions import Question, questions_from
from benchmarks.synthetic import Corpus, write_sections
from ingest.jsonl_lines import SectionLine

COUNT = 240
CORPUS = Corpus(seed=1, vocabulary=3_000)


def small_sections(count: int = COUNT) -> list[SectionLine]:
    return list(CORPUS.sections(count))


def small_file(folder: Path) -> Path:
    file = folder / "sections.jsonl"
    write_sections(file, small_sections())
    return file


def small_questions(file: Path, each: int = 2) -> list[Question]:
    return questions_from(file, each, seed=1)
