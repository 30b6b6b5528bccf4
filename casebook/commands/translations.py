"""`casebook translations`: a book in several languages, which case stands for which.

In:  the id of a publication, or the address of one of its cases.
Out: for each other language a table of cases; of a case, its sections side by side. As text or
     JSON.
Errors: NotFoundError for a publication or case that is not there.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from casebook.help_text import CommandWithExamples
from casebook.publications import find_address, find_publication
from casebook.session import Session
from casebook.terminal import one_line, print_json, show
from casebook.translation_text import cases_text, sections_text
from search.model import Case, Publication
from search.searcher import Library
from search.translation_tables import Table, case_tables, section_tables


@click.command(cls=CommandWithExamples, short_help="Show a book’s cases in its other languages.")
@click.argument("address", metavar="PUBLICATION[/CASE]")
@click.option(
    "--with",
    "other",
    default="",
    metavar="PUBLICATION",
    help="Only this one of the other languages.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def translations(session: Session, address: str, *, other: str, as_json: bool) -> None:
    """Show which case stands for which, where a book is here in several languages.

    A manifest says that two publications are one book (translation_of). Cases and sections are
    paired by names, numbers and their place; each pair says how sure it is. Of a case, the
    sections of both languages are shown side by side.

    Examples:
      casebook translations working-together-2026
      casebook translations working-together-2026/something-better-than-the-street
      casebook translations working-together-2026 --with rabotaem-vmeste-2026 --json
    """
    with session.library() as library:
        name, case_id, *_ = [*find_address(library, address).split("/"), ""]
        record = find_publication(library, name)
        if other:
            find_publication(library, other)
        story = library.case(record.id, case_id) if case_id else None
        tables = [t for t in _tables(library, record, story) if other in ("", t.publication)]
        if as_json:
            found: dict[str, object] = {"publication": record.id, "translations": tables}
            print_json(found | ({"case": story.id} if story else {}))
        else:
            _show(library, record, story, tables)


def _tables(library: Library, record: Publication, story: Case | None) -> tuple[Table, ...]:
    links = library.translations
    return section_tables(links, record, story) if story else case_tables(links, record)


def _show(
    library: Library, record: Publication, story: Case | None, tables: Sequence[Table]
) -> None:
    for table in tables:
        if story is None:
            show(cases_text(record, table))
        else:
            show(sections_text(record, story, library.publication(table.publication), table))
    if not tables:
        title = one_line(story.title if story else record.title)
        show(f"“{title}” is not known here in another language.")
