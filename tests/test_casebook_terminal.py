from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.terminal import note, one_line, plain, print_json, show

NASTY = "\x1b[31mred\x07 \x9b2J \u202eturned\udcff"


@given(st.text())
def test_a_text_made_safe_is_as_long_as_before(text: str) -> None:
    assert len(plain(text)) == len(one_line(text)) == len(text)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in one_line(text))


def test_words_and_line_breaks_stay_as_they_are() -> None:
    assert plain("Ҳукумат\n\t«сад»") == "Ҳукумат\n\t«сад»"
    assert plain(NASTY) == "�[31mred� �2J �turned�"


def test_a_sentence_on_stderr_carries_no_control_character(
    capsys: pytest.CaptureFixture[str],
) -> None:
    note(NASTY)
    assert capsys.readouterr().err == "�[31mred� �2J �turned�\n"


def test_a_text_in_brackets_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    show("[bold]x[/bold] [/] :smile:")
    assert capsys.readouterr().out == "[bold]x[/bold] [/] :smile:\n"


def test_json_escapes_control_characters_and_keeps_their_value(
    capsys: pytest.CaptureFixture[str],
) -> None:
    value = "\x1b[31m \x7f \x9b2J \u202e сад"
    print_json({"text": value})
    written = capsys.readouterr().out
    assert json.loads(written) == {"text": value}
    assert not set("\x1b\x7f\x9b\u202e") & set(written)
    assert "сад" in written
