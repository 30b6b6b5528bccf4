"""`casebook show`: a publication's contents, or the text of a case or section.

In:  an address as in a link: PUBLICATION[/CASE[/SECTION]], PUBLICATION/page/LABEL.
Out: a tree or a text, or the record as JSON. An address that moved is followed, and said so.
Errors: NotFoundError where nothing is, with what became of it where that is known.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from casebook import terminal
from casebook.help_text import CommandWithExamples
from casebook.page_text import page_text, read_page
from casebook.publications import find_address, find_publication
from casebook.session import Session
from casebook.terminal import print_json
from casebook.tree_text import case_text, publication_text, section_text
from search.errors import NotFoundError
from search.model import Case, Publication, Section
from search.permalinks import PAGE

_CASE_DEPTH, _SECTION_DEPTH = 2, 3
_NAMES_SHOWN = 12


@click.command(
    cls=CommandWithExamples, short_help="Show what is in a publication, a case or a section."
)
@click.argument("address", metavar="PUBLICATION[/CASE[/SECTION] | /page/LABEL]")
@click.option("--json", "as_json", is_flag=True, help="Print the record as one JSON document.")
@click.pass_obj
def show(session: Session, address: str, *, as_json: bool) -> None:
    """Show what stands in a publication, or read a case, a section or a printed page.

    The address is that of a link, with or without “/p/” before it. A page is named by what is
    printed on it; pdf-7 is the seventh of the file.

    Examples:
      casebook show working-together-2026
      casebook show working-together-2026/clean-water
      casebook show working-together-2026/clean-water/activity
      casebook show working-together-2026/page/12
    """
    with session.library() as library:
        parts = find_address(library, address).split("/")
        record = find_publication(library, parts[0])
    if parts[1:2] == [PAGE]:
        page = read_page(record, "/".join(parts[2:]))
        if as_json:
            print_json(page)
        else:
            terminal.show(page_text(record, page))
        return
    case = _case(record, parts[1]) if len(parts) >= _CASE_DEPTH else None
    section = _section(case, parts[2]) if case and len(parts) >= _SECTION_DEPTH else None
    if as_json:
        print_json(section or case or record)
    elif section:
        terminal.show(section_text(record, section))
    else:
        terminal.show(case_text(record, case) if case else publication_text(record))


def _case(record: Publication, name: str) -> Case:
    cases = {case.id: case for case in record.cases}
    if name not in cases:
        raise _nothing(f"{record.id}/{name}", record.id, list(cases))
    return cases[name]


def _section(case: Case, name: str) -> Section:
    sections = {section.id: section for section in case.sections}
    if name not in sections:
        raise _nothing(f"{case.id}/{name}", case.id, list(sections))
    return sections[name]


def _nothing(where: str, parent: str, names: Sequence[str]) -> NotFoundError:
    shown = ", ".join(names[:_NAMES_SHOWN]) + (" …" if len(names) > _NAMES_SHOWN else "")
    return NotFoundError("nothing is there", where=where, fix=f"In {parent} there are {shown}")
