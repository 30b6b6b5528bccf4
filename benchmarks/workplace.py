"""Workplace: the folder with a corpus, its questions, and every peer's index of it.

In:  a folder, a size, a seed; which peers.
Out: files and indexes that are made where they are missing, with what making them took.

Casebook's own library is made anew every time, since what makes it is what is being worked on;
those of others stay.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from benchmarks.fresh_process import Built, Opened, build_apart, open_apart
from benchmarks.peers.catalog import OURS, PEERS
from benchmarks.questions import Question, questions_from
from benchmarks.synthetic import Corpus, write_sections

_FACTS = "built.json"


@dataclass(frozen=True, slots=True)
class Workplace:
    """A corpus of so many sections and what belongs to it."""

    folder: Path
    sections: int
    seed: int
    packages: Sequence[str] = ()
    keeps_ours: bool = False

    @property
    def corpus(self) -> Path:
        """Return the file of sections, written if it is missing."""
        file = self.folder / f"sections-{self.sections}-{self.seed}.jsonl"
        if not file.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished = file.with_suffix(".part")
            write_sections(unfinished, Corpus(self.seed).sections(self.sections))
            unfinished.rename(file)
        return file

    def questions(self, each: int) -> list[Question]:
        """Return so many questions of each kind."""
        file = self._question_file(each)
        if not file.is_file():
            drawn = questions_from(self.corpus, each, seed=self.seed)
            file.write_bytes(msgspec.json.encode(drawn))
        return msgspec.json.decode(file.read_bytes(), type=list[Question])

    def index(self, name: str) -> Path:
        """Return the folder of a peer's index."""
        return self.folder / f"{PEERS[name].index}-{self.sections}-{self.seed}"

    def build(self, name: str) -> Built:
        """Return what building a peer's index took; build it unless it can be used again."""
        folder = self.index(name)
        facts = folder / _FACTS
        if not facts.is_file():
            shutil.rmtree(folder, ignore_errors=True)
            (folder / "index").mkdir(parents=True)
            built = build_apart(name, self.corpus, folder / "index", self.packages)
            facts.write_bytes(msgspec.json.encode(built))
        return msgspec.json.decode(facts.read_bytes(), type=Built)

    def forget_ours(self) -> None:
        """Let Casebook's libraries be made anew."""
        if not self.keeps_ours:
            for name in PEERS:
                if name.startswith(OURS):
                    shutil.rmtree(self.index(name), ignore_errors=True)

    def open_apart(self, name: str, each: int) -> Opened:
        """Open a peer's index in a fresh process and ask it all the questions."""
        self.questions(each)
        return open_apart(
            name, self._question_file(each), self.index(name) / "index", self.packages
        )

    def _question_file(self, each: int) -> Path:
        return self.folder / f"questions-{self.sections}-{self.seed}-{each}.json"


def size_bytes(folder: Path) -> int:
    """Return the size of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def sizes_within(folder: Path, depth: int = 2) -> Iterator[tuple[str, int]]:
    """Yield what takes how much of a folder: its folders and files, so many levels down."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and depth > 1:
            yield from (
                (f"{path.name}/{name}", size) for name, size in sizes_within(path, depth - 1)
            )
        else:
            yield path.name, size_bytes(path) if path.is_dir() else path.stat().st_size
