"""Tajik fonts: letters are mended where they cannot be what the file says."""

from __future__ import annotations

import pytest

from ingest.tajik_fonts import mend_tajik
from search.model import Extraction, PrintedLine, PrintedPage

LEGACY = "Њукумати ноњия ба дењќонон ёрї медињад; њамаи љамоатњо ўњдадоранд ва ёрї мегиранд."
MENDED = "Ҳукумати ноҳия ба деҳқонон ёрӣ медиҳад; ҳамаи ҷамоатҳо ӯҳдадоранд ва ёрӣ мегиранд."


def mended(text: str, font: str = "") -> str:
    page = PrintedPage(1, lines=(PrintedLine(text, font=font),))
    return mend_tajik(Extraction("text", (page,))).pages[0].lines[0].text


def test_letters_that_no_language_has_together_are_tajik_ones() -> None:
    assert mended(LEGACY) == MENDED


@pytest.mark.parametrize("font", ["TimesNewRomanTj", "Times New Roman Tj", "Arial Tj-Bold"])
def test_the_name_of_the_font_is_enough(font: str) -> None:
    assert mended("ёрї", font) == "ёрӣ"


@pytest.mark.parametrize(
    "text",
    [
        "Љубав и њен живот у Њујорку, Љубљана",
        "Ќе дојде куќата на ѓаволот",
        "Їжак і її діти з України",
        "Беларусь: ўсё, што ў хаце",
        "Ўзбекистон ва қўшнилари, йўл",
        "Общество водопользователей",
        MENDED,
    ],
)
def test_languages_that_have_these_letters_keep_them(text: str) -> None:
    assert mended(text) == text


def test_a_fonts_name_that_only_looks_so_tells_nothing() -> None:
    assert mended("ёрї", "TajMahal Sans") == "ёрї"
