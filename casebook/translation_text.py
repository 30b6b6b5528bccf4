"""Translations for the terminal: which case stands for which, a case in two languages.

In:  records and the tables of their pairs.
Out: rich renderables.
"""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from casebook.terminal import one_line
from casebook.tree_text import section_text
from search.model import Case, Publication
from search.translation_tables import Row, Table

_NONE = Text("none", style="dim")
_COLUMN = 72  # characters at most: what goes into a file has no width of its own


def cases_text(record: Publication, table: Table) -> RenderableType:
    """Show which case stands for which, with how sure that is; then what stands alone."""
    head = f"{record.id} ({record.language}) and {table.publication} ({table.language})"
    grid = Grid.grid(padding=(0, 2))
    for row in table.likely:
        grid.add_row(_named(row.one, row.one_title), _named(row.other, row.other_title), _sure(row))
    alone = [
        (record.id, [row.one for row in table.only_one]),
        (table.publication, [row.other for row in table.only_other]),
    ]
    rest = (Text(f"Only in {name}: {', '.join(cases)}") for name, cases in alone if cases)
    return Group(Text(one_line(head), style="bold"), grid, Text(), *rest, Text())


def sections_text(
    record: Publication, case: Case, other: Publication, table: Table
) -> RenderableType:
    """Show a case in two languages, section beside section."""
    there = next(found for found in other.cases if found.id == table.case)
    ones = {section.id: section for section in case.sections}
    others = {section.id: section for section in there.sections}
    grid = Grid(box=None, padding=(0, 3, 0, 0), show_edge=False)
    for title in (case.title, there.title):
        grid.add_column(one_line(title), max_width=_COLUMN)
    for row in table.rows:
        grid.add_row(
            section_text(record, ones[row.one]) if row.one else _NONE,
            section_text(other, others[row.other]) if row.other else _NONE,
        )
    sure = _said(table.confidence, said=table.said)
    head = f"{record.id}/{case.id} and {other.id}/{there.id}, {sure}"
    return Group(Text(one_line(head), style="dim"), grid)


def _named(address: str, title: str) -> Text:
    return Text.assemble(one_line(title), "\n", (address, "dim"))


def _sure(row: Row) -> Text:
    return Text(_said(row.confidence, said=row.said), style="dim")


def _said(confidence: float, *, said: bool) -> str:
    return "as the manifest says" if said else f"{confidence:.0%} sure"
