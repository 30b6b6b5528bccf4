"""NLTK: the two parts of it that we use, a stemmer and a sentence splitter.

In:  a language's name; abbreviations.
Out: functions ready to call.
Errors: none.

NLTK's packages import all of NLTK at their doors, which takes longer than opening a library. So
the two modules are imported by themselves, behind packages that stand in for NLTK's as long as
that takes; and each when it is first called for, since most of what runs needs none of it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

Span = tuple[int, int]

# Packages of NLTK's, and what a module that we use takes from their doors (stop words, which are
# for a way of stemming that we do not use).
_STAND_INS: Mapping[str, Mapping[str, object]] = {
    "nltk": {},
    "nltk.corpus": {"stopwords": None},
    "nltk.stem": {},
    "nltk.tokenize": {},
}
_ENDS = (".", "?", "!", "…", "。", "！", "？", "؟", "۔", "।")  # noqa: RUF001

_importing = Lock()


def make_stemmer(name: str) -> Callable[[str], str]:
    """Make a Snowball stemmer for a language."""
    stem: Callable[[str], str] = import_alone("nltk.stem.snowball").SnowballStemmer(name).stem
    return stem


def make_splitter(abbreviations: Iterable[str]) -> Callable[[str], Iterator[Span]]:
    """Make a Punkt splitter: from a text to the spans of its sentences."""
    punkt = import_alone("nltk.tokenize.punkt")
    parameters = punkt.PunktParameters()
    parameters.abbrev_types = set(abbreviations)
    tokenizer = punkt.PunktSentenceTokenizer(parameters, lang_vars=_language_vars(punkt))
    split: Callable[[str], Iterator[Span]] = tokenizer.span_tokenize
    return split


def _language_vars(punkt: Any) -> object:  # noqa: ANN401 - as below
    class LanguageVars(punkt.PunktLanguageVars):
        sent_end_chars = _ENDS

    return LanguageVars()


def import_alone(name: str) -> Any:  # noqa: ANN401 - NLTK has no type information
    """Import a module of NLTK's without its packages; as usual where that does not work."""
    with _importing:
        if "nltk" not in sys.modules:
            try:
                return _behind_stand_ins(name)
            except (ImportError, AttributeError):  # another NLTK than the one that we know
                pass
        return import_module(name)


def _behind_stand_ins(name: str) -> ModuleType:
    sys.modules.update({package: _stand_in(package) for package in _STAND_INS})
    try:
        return import_module(name)
    finally:
        # Whoever imports NLTK after us gets the whole of it.
        for each in [each for each in sys.modules if each.partition(".")[0] == "nltk"]:
            del sys.modules[each]


def _stand_in(package: str) -> ModuleType:
    """Return an empty package in whose folder modules are found."""
    spec = find_spec("nltk")
    folders = spec.submodule_search_locations if spec else None
    found = ModuleType(package)
    _, *below = package.split(".")
    found.__path__ = [str(Path(folder, *below)) for folder in folders or ()]
    found.__dict__.update(_STAND_INS[package])
    return found
