"""NLTK's parts: imported without the rest of NLTK, which nobody else can tell."""

from __future__ import annotations

import subprocess
import sys

import pytest

from search.linguistics import nltk_parts
from search.linguistics.nltk_parts import import_alone, make_splitter, make_stemmer
from search.linguistics.stems import OTHER_LANGUAGES
from tests.programs import ROOT

_WORDS = ("agriculture", "ploughing", "Straßen", "развивающихся", "communes", "القرى", "söndag")


def _said_by(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return done.stdout


def test_the_rest_of_nltk_is_not_imported() -> None:
    loaded = _said_by(
        "import sys\n"
        "from search.linguistics.stems import stem\n"
        "stem('villages', 'en')\n"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in {'nltk', 'http', 'xml'}))"
    )
    assert loaded == "[]\n"


def test_whoever_imports_nltk_afterwards_has_the_whole_of_it() -> None:
    whole = _said_by(
        "from search.linguistics.nltk_parts import make_splitter, make_stemmer\n"
        "stem, split = make_stemmer('english'), make_splitter(['e.g'])\n"
        "import nltk\n"
        "print(nltk.stem.PorterStemmer().stem('villages'), nltk.FreqDist('abb')['b'], end=' ')\n"
        "print(stem('villages'), list(split('Roads e.g. here. Wells.')))"
    )
    assert whole == "villag 2 villag [(0, 16), (17, 23)]\n"


def test_stems_are_those_of_the_whole_of_nltk() -> None:
    languages = sorted({"arabic", "english", "russian", *OTHER_LANGUAGES.values()})
    program = (
        "from nltk.stem.snowball import SnowballStemmer\n"
        f"print([[SnowballStemmer(n).stem(w) for w in {_WORDS!r}] for n in {languages!r}])"
    )
    alone = [[make_stemmer(name)(word) for word in _WORDS] for name in languages]
    assert _said_by(program) == f"{alone}\n"


def test_an_nltk_that_takes_more_from_its_packages_is_imported_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "nltk"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(nltk_parts, "_STAND_INS", {"nltk": {}, "nltk.corpus": {}, "nltk.stem": {}})
    assert import_alone("nltk.stem.snowball").SnowballStemmer("english").stem("roads") == "road"
    assert hasattr(sys.modules["nltk"], "word_tokenize")


def test_a_splitter_knows_the_full_stops_of_other_scripts() -> None:
    assert list(make_splitter([])("सड़क बनी। कुआँ बना।")) == [(0, 9), (10, 19)]
