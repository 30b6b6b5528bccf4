"""The sample in two languages, for tests: the digest, and the selection from it in Russian.

In:  nothing.
Out: `add_both()`: they are in a library; `digest()`, `selection()`: their records, made once;
     `TRUTH`: which case stands for which.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ingest.pipeline import ingest_file
from search.model import Publication
from search.searcher import Library

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
DIGEST, SELECTION = "working-together-2026", "rabotaem-vmeste-2026"
TRUTH = {
    "chetyre-kilometra-transhei-radi-chistoy-vody": "four-kilometres-of-trench-for-clean-water",
    "pochinennye-mosty-i-korotkaya-doroga-v-shkolu": "mended-bridges-and-a-shorter-way-to-school",
    "ot-domashney-khlebnoy-pechi-k-natsionalnoy-assotsiatsii": (
        "from-a-bread-oven-at-home-to-a-national-association-of"
    ),
    "koe-chto-luchshe-ulitsy": "something-better-than-the-street",
    "vybory-rasskaz-dlya-tekh-kto-golosuet-vpervye": "explaining-elections-to-first-time-voters",
    "pchyoly-vozvrashchayutsya-v-gory": "bees-return-to-the-mountains",
    "tri-kilometra-do-rodnika": "three-kilometres-to-the-spring",
}


@cache
def digest() -> Publication:
    return _record(CORPUS / "sample" / "digest.txt", CORPUS / "manifest.toml")


@cache
def selection() -> Publication:
    return _record(CORPUS / "sample" / "selection-ru.txt", None)


def add_digest(library: Library) -> None:
    _add(library, CORPUS / "sample" / "digest.txt", CORPUS / "manifest.toml")


def add_selection(library: Library, manifest: Path = CORPUS / "selection-ru.toml") -> None:
    _add(library, CORPUS / "sample" / "selection-ru.txt", manifest)


def add_both(library: Library) -> None:
    add_digest(library)
    add_selection(library)


def _add(library: Library, path: Path, manifest: Path) -> None:
    result = ingest_file(path, library, manifest=manifest)
    assert result.outcome == "ok", result.message


def _record(path: Path, manifest: Path | None) -> Publication:
    record = ingest_file(path, None, manifest=manifest, dry_run=True).record
    assert record is not None
    return record
