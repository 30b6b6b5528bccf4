"""Matching: what an exclusion leaves, and how its facets are counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from search.engines.catalog import open_engine
from search.snapshot import matching, terms
from tests.asking import ask, counts, document, publish, with_facets


@pytest.mark.parametrize("few", [0, 1_000])
@pytest.mark.parametrize("dense", [64, 0])
@pytest.mark.parametrize("share", [0.1, 0.9])
def test_the_facets_of_what_an_exclusion_leaves_are_counted(
    few: int, dense: int, share: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "_FEW", few)
    monkeypatch.setattr(terms, "_DENSE", dense)
    random = Random(1)
    bodies = [
        " ".join(word for word in ("water", "road") if random.random() < (share, 0.8)[word > "t"])
        for _ in range(200)
    ]
    parts = [random.choice("abc") for _ in bodies]
    engine = open_engine("whoosh", tmp_path / "index")
    publish(
        engine,
        *(
            with_facets(document(f"p/{n}/s", body, order=n), part=(part,))
            for n, (body, part) in enumerate(zip(bodies, parts, strict=True))
        ),
    )
    expected = Counter(p for p, b in zip(parts, bodies, strict=True) if b == "water")
    for _ in range(2):  # the second time tallies are known
        results = ask(engine, "water -road", facets=("part",))
        assert results.total == expected.total()
        assert counts(results, "part") == expected
    engine.close()
