"""Publications for the terminal: facts, the tree of cases and sections, the text of one of them.

In:  records.
Out: rich renderables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from casebook.terminal import one_line, plain
from search.list_signs import SIGN
from search.model import Block, Case, Publication, Section

_STYLES = {"heading": "bold", "caption": "italic dim"}


def publication_text(record: Publication) -> RenderableType:
    """Show what a publication is and what stands in it."""
    facts = [Text(one_line(fact), style="dim") for fact in _facts(record)]
    return Group(Text(one_line(record.title), style="bold"), *facts, Text(), _tree(record))


def case_text(record: Publication, case: Case) -> RenderableType:
    """Show a whole case, section after section."""
    sections = (section_text(record, section) for section in case.sections)
    return Group(_case_head(record, case), Text(), *sections)


def section_text(record: Publication, section: Section) -> RenderableType:
    """Show a section's text, block after block, with the page it stands on."""
    heading = Text(one_line(section.heading or section.kind), style="bold")
    place = page_range(record, section.page, section.last_page)
    head = Text.assemble(heading, Text(f"  {place}", style="dim"))
    return Group(head, *_blocks_text(section.blocks), Text())


def page_range(record: Publication, first: int, last: int) -> str:
    """Say pages as they are printed, else as they count in the file; "" where none is known."""
    if not first:
        return ""
    labels = record.page_labels()
    printed = [labels.get(first, ""), labels.get(last, "")]
    shown, word = (printed, "p.") if all(printed) else ([str(first), str(last)], "PDF p.")
    return f"{word} {one_line(shown[0])}" + (f"–{one_line(shown[1])}" if last != first else "")


def _facts(record: Publication) -> Iterator[str]:
    if record.subtitle:
        yield record.subtitle
    imprint = (*record.authors, record.publisher, record.place, str(record.year or ""))
    yield " · ".join(fact for fact in dict.fromkeys(imprint) if fact)
    pages = f"{len(record.pages)} pages" if record.pages else ""
    edition = f"edition {record.edition}" if record.edition > 1 else ""
    yield " · ".join(fact for fact in (record.source.name, pages, record.language, edition) if fact)
    yield from record.notes


def _tree(record: Publication) -> Tree:
    tree = Tree(Text(f"/p/{plain(record.id)}", style="dim"), guide_style="dim")
    branches: dict[str, Tree] = {"": tree}
    for case in record.cases:
        if case.part not in branches:
            title = Text(one_line(record.part_title(case)), style="bold")
            branches[case.part] = tree.add(title)
        branch = branches[case.part].add(_case_line(record, case))
        for section in case.sections:
            branch.add(_section_line(record, section))
    return tree


def _case_line(record: Publication, case: Case) -> Text:
    number = f"{case.number}. " if case.number else ""
    place = page_range(record, case.first_page, case.last_page)
    line = Text(f"{number}{one_line(case.title)}")
    return line.append(f"  {case.id}" + (f", {place}" if place else ""), style="dim")


def _section_line(record: Publication, section: Section) -> Text:
    line = Text(one_line(section.heading or section.kind))
    place = page_range(record, section.page, section.page)
    return line.append(f"  {section.id}" + (f", {place}" if place else ""), style="dim")


def _case_head(record: Publication, case: Case) -> RenderableType:
    number = f"{case.number}. " if case.number else ""
    place = page_range(record, case.first_page, case.last_page)
    facts = (case.organisation, record.part_title(case), record.title, place)
    title = Text(f"{number}{one_line(case.title)}", style="bold cyan")
    return Group(title, Text(" · ".join(one_line(f) for f in facts if f), style="dim"))


def _blocks_text(blocks: Sequence[Block]) -> Iterator[RenderableType]:
    """Show blocks with an empty line between them, but none between the items of a list."""
    for before, block in zip((None, *blocks), blocks, strict=False):
        if before and not before.kind == block.kind == "item":
            yield Text()
        yield _block_text(block)


def _block_text(block: Block) -> RenderableType:
    text = Text(plain(block.text), style=_STYLES.get(block.kind, ""))
    if block.kind != "item":
        return text
    sign = SIGN.match(block.text)
    item = Table.grid(padding=(0, 1))
    item.add_row(
        f" {plain(sign[0].strip())}" if sign else " •", text[sign.end() :] if sign else text
    )
    return item
