"""The JSON API of translations: a book in other languages, case by case and section by section.

In:  the ids of a publication and of a case.
Out: JSON named as that of `casebook translations --json`.
Errors: `{"error": sentence}` with the status of the page that would be shown.
"""

from __future__ import annotations

from flask import Blueprint, Response

from search.translation_tables import case_tables, section_tables
from webui.json_answers import json_answer
from webui.site import open_site

pages = Blueprint("translations", __name__, url_prefix="/api/translations")


@pages.get("/<publication>")
def cases(publication: str) -> Response:
    """How the cases of a publication stand in its other languages."""
    library = open_site().library
    tables = case_tables(library.translations, library.publication(publication))
    return json_answer({"publication": publication, "translations": tables})


@pages.get("/<publication>/<case>")
def sections(publication: str, case: str) -> Response:
    """How the sections of a case stand in the other languages that have it."""
    library = open_site().library
    story = library.case(publication, case)
    tables = section_tables(library.translations, library.publication(publication), story)
    return json_answer({"publication": publication, "case": case, "translations": tables})
