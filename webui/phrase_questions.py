"""Phrase questions: what an address of the pages about words and phrases asks.

In:  the arguments of a request.
Out: a frozen `PhraseQuestion` and its address. Whatever is not a setting is a facet.
Errors: none; what cannot be read is left at its default, and `notices` say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast, get_args
from urllib.parse import urlencode

from flask import Flask
from werkzeug.datastructures import MultiDict

from search.occurrences import ContextSort
from search.query_lexer import MAX_CHARACTERS
from search.word_groups import Measure
from webui import urls
from webui.paths import page_path
from webui.questions import (
    Filters,
    Question,
    clean,
    read_choice,
    read_filters,
    read_number,
    read_page_size,
)

PER_PAGE = 50
SORTS: tuple[str, ...] = get_args(ContextSort)
MEASURES: tuple[str, ...] = get_args(Measure)
WINDOW, LEAST, WORDS = 4, 3, 6
SETTINGS = ("q", "sort", "measure", "window", "least", "words", "page", "per_page", "form")


SORT_NAMES: Mapping[ContextSort, str] = {
    "book": "Book order",
    "left": "Words before",
    "right": "Words behind",
}


def install(app: Flask) -> None:
    """Let the templates write addresses of these pages."""
    app.jinja_env.globals.update(
        phrase_url=phrase_url,
        publication_url=publication_url,
        question_of=lambda question: PhraseQuestion(question.text, question.filters),
        sort_names=SORT_NAMES,
        with_measure=lambda question, measure: replace(question, measure=measure),
        with_page=lambda question, page: replace(question, page=page),
        with_sort=lambda question, sort: replace(question, sort=sort, page=1),
        with_text=lambda question, text: PhraseQuestion(text, question.filters),
        with_words=lambda question, words: replace(question, words=words, page=1),
        without_filters=lambda question: replace(question, filters=(), page=1),
    )


@dataclass(frozen=True, slots=True)
class PhraseQuestion:
    """A question about words and phrases as its address has it."""

    text: str = ""
    filters: Filters = ()
    sort: ContextSort = "book"
    measure: Measure = "likelihood"
    window: int = WINDOW
    least: int = LEAST
    words: int = WORDS
    page: int = 1
    per_page: int = PER_PAGE
    notices: tuple[str, ...] = field(default=(), compare=False)

    @property
    def offset(self) -> int:
        """Return how many lines stand on the pages before."""
        return (self.page - 1) * self.per_page

    @property
    def search(self) -> Question:
        """Return the search for the same."""
        return Question(self.text, self.filters)

    def arguments(self) -> Iterator[tuple[str, str]]:
        """Yield the parts of its address in their fixed order; defaults are left out."""
        if self.text:
            yield "q", self.text[: MAX_CHARACTERS + 1]
        for facet, values in self.filters:
            yield from ((facet, value) for value in values)
        for name in SETTINGS[1:-1]:
            value = getattr(self, name)
            if value != getattr(BLANK, name):
                yield name, str(value)


BLANK = PhraseQuestion()


def read_phrase_question(arguments: MultiDict[str, str]) -> PhraseQuestion:
    """Read a question from the arguments of an address."""
    notices: list[str] = []
    return PhraseQuestion(
        text=clean(arguments.get("q", "")),
        filters=read_filters(arguments, notices, SETTINGS),
        sort=cast("ContextSort", read_choice(arguments, "sort", SORTS, notices)),
        measure=cast("Measure", read_choice(arguments, "measure", MEASURES, notices)),
        window=read_number(arguments, "window", WINDOW, notices),
        least=read_number(arguments, "least", LEAST, notices),
        words=read_number(arguments, "words", WORDS, notices),
        page=read_number(arguments, "page", 1, notices),
        per_page=read_page_size(arguments, notices, PER_PAGE),
        notices=tuple(notices),
    )


def phrase_url(page: str, question: PhraseQuestion, **more: str) -> str:
    """Return the address of one of the pages about words and phrases, by its view's name."""
    query = urlencode([*question.arguments(), *more.items()])
    return page_path(f"phrases.{page}") + (f"?{query}" if query else "")


def publication_url(publication: str, question: Question) -> str:
    """Return the address of a publication's page that shows where in it a question's words lie."""
    return urls.with_question(urls.permalink(publication), question)
