"""What became of files, for the terminal: sentences, a summary, and the tree that was found.

In:  results of ingest.
Out: rich renderables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from casebook.intake import FileResult, HeadingResult, Taken
from casebook.terminal import one_line
from ingest.report import Fact, Report

# What the reader of the dry run should look at: less sure than this.
_DOUBTFUL = 0.35


def summary(results: Sequence[FileResult]) -> RenderableType:
    """Show what became of each file, one line a file, and how many were taken."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Outcome", no_wrap=True)
    table.add_column("File", overflow="fold")
    table.add_column("Publication", overflow="fold", style="cyan")
    table.add_column("Pages", justify="right")
    for result in results:
        style = "green" if result.is_taken else "red"
        table.add_row(
            Text(result.outcome, style=style),
            one_line(result.file),
            one_line(result.publication),
            str(result.pages or ""),
        )
    taken = sum(result.is_taken for result in results)
    return Group(table, Text(f"{taken} of {len(results)} files taken", style="bold"))


def sentence(result: FileResult) -> str:
    """Say in one sentence what became of a file, beginning with its name as given."""
    name = one_line(result.file)
    message = one_line(result.message).removeprefix(f"{Path(name).name}: ")
    into = f" → {one_line(result.publication)}" if result.publication else ""
    return f"{name}{into}: {message}"


def dry_run_text(taken: Taken) -> RenderableType:
    """Show what was found in a file, and what an editor should look at."""
    report = taken.report
    doubts = [f"{doubt.where}: {doubt.reason}" for doubt in report.doubts]
    promised = [
        f"{entry.title}{f', p. {entry.page_label}' if entry.page_label else ''}"
        for entry in report.undelivered
    ]
    unpromised = [f"{heading.title}, p. {heading.page}" for heading in report.unpromised]
    return Group(
        *_facts(report.facts),
        _heading_tree(taken),
        *_list("Not sure about", doubts),
        *_list("In the contents page, but not found in the text", promised),
        *_list("In the text, but not in the contents page", unpromised),
        *_list("In another language", [f"{at.address}: {at.language}" for at in report.languages]),
        *_list("Left out as running heads", report.running_heads),
        Text("\nPages are counted in the file, from 1.", style="dim"),
    )


def _facts(facts: Sequence[Fact]) -> Iterator[RenderableType]:
    """Show what was found about the publication as a whole; a guess is called one."""
    if not facts:
        return
    table = Table.grid(padding=(0, 2))
    for fact in facts:
        origin = "guessed" if fact.is_guess else "from the manifest"
        shown = Text(one_line(fact.value)) if fact.value else Text("not found", style="dim")
        table.add_row(Text(fact.key, style="bold"), shown, Text(origin if fact.value else ""))
    yield table
    yield Text()


def _list(title: str, entries: Sequence[str]) -> Iterator[RenderableType]:
    if entries:
        yield Text(f"\n{title}", style="bold")
    for entry in entries:
        yield Padding(Text(one_line(entry)), (0, 0, 0, 2))


def _heading_tree(taken: Taken) -> Tree:
    tree = Tree(Text(one_line(taken.report.title), style="bold"), guide_style="dim")
    addresses = _addresses(taken.report)
    path: list[tuple[int, Tree]] = [(0, tree)]
    for heading in taken.result.headings:
        while len(path) > 1 and path[-1][0] >= heading.level:
            path.pop()
        place = addresses.get((heading.title, heading.page), [])
        line = _heading_line(heading, place.pop(0) if place else "")
        path.append((heading.level, path[-1][1].add(line)))
    return tree


def _addresses(report: Report) -> dict[tuple[str, int], list[str]]:
    """Return what the manifest calls cases, and sections below them, by heading and page."""
    found: dict[tuple[str, int], list[str]] = {}
    for case in report.cases:
        found.setdefault((case.title, case.first_page), []).append(case.address)
        for section in case.sections:
            address = f"/{section.address.partition('/')[2]}"
            found.setdefault((section.heading, section.page), []).append(address)
    return found


def _heading_line(heading: HeadingResult, address: str) -> Text:
    is_sure = heading.confidence >= _DOUBTFUL
    line = Text(one_line(heading.title), style="" if is_sure else "yellow")
    facts = [f"p. {heading.page}" if heading.page else "", address]
    facts.append(f"{'' if is_sure else 'unsure, '}{heading.confidence:.0%}")
    facts.append(f"[{', '.join(heading.evidence)}]" if heading.evidence else "")
    return line.append("".join(f"  {one_line(fact)}" for fact in facts if fact), style="dim")
