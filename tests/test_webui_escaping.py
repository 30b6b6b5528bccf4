"""Texts are escaped as Jinja escapes them."""

from __future__ import annotations

import markupsafe
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import StrictUndefined, UndefinedError
from markupsafe import Markup

from webui.escaping import Environment, escape

HOSTILE = "<b class=\"x\">'&amp;'</b>"


@pytest.fixture(scope="module")
def environment() -> Environment:
    return Environment(Flask("test"), autoescape=True, undefined=StrictUndefined)


@given(st.text(alphabet=st.one_of(st.sampled_from("&<>\"';#"), st.characters())))
def test_a_text_is_escaped_as_elsewhere(text: str) -> None:
    assert escape(text) == markupsafe.escape(text)


@pytest.mark.parametrize("value", [7, 1.5, None, True, Markup("<b>bold</b>"), ["<i>"]])
def test_other_values_are_shown_as_elsewhere(value: object) -> None:
    assert escape(value) == markupsafe.escape(value)


def test_templates_escape_what_they_show_and_no_markup_of_their_own(
    environment: Environment,
) -> None:
    template = environment.from_string(
        "{% macro row(text) %}<li>{{ text }}</li>{% endmacro %}"
        "{% set kept %}<p>{{ text }}</p>{% endset %}"
        "{{ row(text) }}{{ kept }}{{ text ~ '<' }}{{ text | upper }}{{ '<hr>' | safe }}"
    )
    escaped, upper = markupsafe.escape(HOSTILE), markupsafe.escape(HOSTILE.upper())
    assert template.render(text=HOSTILE) == (
        f"<li>{escaped}</li><p>{escaped}</p>{escaped}&lt;{upper}<hr>"
    )


def test_a_name_that_is_missing_is_still_an_error(environment: Environment) -> None:
    with pytest.raises(UndefinedError):
        environment.from_string("{{ nothing }}").render()


def test_an_error_names_the_line_of_the_template(environment: Environment) -> None:
    template = environment.from_string("one\ntwo\n{{ 1 // zero }}\n")
    with pytest.raises(ZeroDivisionError) as caught:
        template.render(zero=0)
    assert caught.traceback[-1].lineno == 2  # counted from 0
