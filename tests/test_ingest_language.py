"""Language: told from a sentence, and for each section of a book of several."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.language import detect_language, own_language

ROOT = Path(__file__).resolve().parents[1]
SENTENCES = {
    "The mill stands beside the river and has been closed since the war.": "en",
    "Nobody knows how many of them will come back in the autumn.": "en",
    "Мельница стоит у реки и закрыта с самой войны.": "ru",
    "Никто не знает, сколько из них вернётся осенью домой.": "ru",
    "Осиёб дар лаби дарё аст ва аз замони ҷанг баста мебошад.": "tg",
    "Хеч кас намедонад, ки тирамох чанд нафари онхо бармегардад.": "tg",
    "Die Mühle steht am Fluss und ist seit dem Krieg geschlossen.": "und",
    "Le moulin est au bord de la rivière et il est fermé depuis la guerre.": "und",
    "Млин стоїть біля річки й зачинений ще з часів війни.": "und",
    "آسیاب کنار رود است و از زمان جنگ بسته است": "und",
    "水磨在河边，战争以来一直关着，没有人知道谁会回来": "und",
    "17, 42": "",
}
RUSSIAN = "Весной товарищество собирается, чтобы решить, кто и когда чистит канал. " * 3
ENGLISH = "In spring the association meets to decide who is to clean the canal, and when. " * 3


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_language_of_a_sentence_is_told(sentence: str) -> None:
    assert detect_language(sentence) == SENTENCES[sentence]


def test_a_section_has_a_language_of_its_own_only_where_it_is_clearly_another() -> None:
    assert own_language(RUSSIAN, "en") == "ru"
    assert own_language(RUSSIAN, "ru") == ""
    assert own_language("Весной.", "en") == ""
    assert own_language("x = 17; y = {x: 23}; z(x, y) -> 0;\n" * 20, "ru") == ""


def test_what_the_editor_calls_a_language_the_model_has_not_stays() -> None:
    german = "Im Frühling kommt der Verein zusammen, um zu bestimmen, wer den Graben reinigt. " * 3
    assert own_language(german, "de") == ""
    assert own_language(ENGLISH, "de") == "en"


def test_latin_names_make_no_russian_text_english() -> None:
    text = "Чтобы открыть Microsoft Office Word Document, запустите Windows Explorer File Manager."
    assert detect_language(text) == "ru"


def test_a_long_text_is_judged_by_all_of_it() -> None:
    assert detect_language(ENGLISH * 10 + RUSSIAN * 90) == "ru"


def test_the_model_is_what_the_sentences_give(tmp_path: Path) -> None:
    made = tmp_path / "model.json"
    script = ROOT / "corpus" / "make_language_model.py"
    subprocess.run([sys.executable, str(script), "--out", str(made)], check=True)
    assert made.read_bytes() == (ROOT / "ingest" / "language_model.json").read_bytes()
