"""`casebook diff`: what changed in a publication between two of its editions.

In:  a publication's id; numbers of editions.
Out: the sections that came, went, moved and changed, with the words within them; as text or JSON.
Errors: NotFoundError for a publication or an edition that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.text import Text

from casebook.help_text import CommandWithExamples
from casebook.publications import find_publication
from casebook.session import Session
from casebook.terminal import one_line, print_json, show, shows_bold
from search.comparison import Comparison, Place, SectionChange, Stretch, compare
from search.editions import former_edition, kept_editions
from search.errors import NotFoundError
from search.model import Publication

_STYLES = {"added": "green", "removed": "red strike", "same": ""}
_PLAIN_MARKS = {"added": ("{+", "+}"), "removed": ("[-", "-]"), "same": ("", "")}
_AROUND = 12  # words shown of what stayed, before and behind what changed


@click.command(cls=CommandWithExamples, short_help="Show what changed between two editions.")
@click.argument("publication")
@click.option(
    "--from",
    "before",
    type=click.IntRange(1),
    metavar="N",
    help="The older edition; without it the last before the newer one.",
)
@click.option(
    "--to", "after", type=click.IntRange(1), metavar="N", help="The newer one; else the present."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def diff(
    session: Session, publication: str, *, before: int | None, after: int | None, as_json: bool
) -> None:
    """Show what changed in a publication from one edition to another.

    An edition is what a publication said until it was ingested anew with another text. Words that
    came stand between {+ and +}, words that went between [- and -], where there are no colours.

    Examples:
      casebook diff working-together-2026
      casebook diff working-together-2026 --from 1 --to 3
      casebook diff working-together-2026 --json
    """
    with session.library() as library:
        record = find_publication(library, publication)
        newer = _edition(library.path, record, after or record.edition)
        older = _edition(library.path, record, before or _before(library.path, newer))
    found = compare(older, newer)
    if as_json:
        print_json(found)
    else:
        show(*_lines(found, is_plain=not shows_bold()))


def _edition(library: Path, present: Publication, number: int) -> Publication:
    return present if number == present.edition else former_edition(library, present.id, number)


def _before(library: Path, newer: Publication) -> int:
    former = [n for n in kept_editions(library, newer.id) if n < newer.edition]
    if not former:
        raise NotFoundError(
            f"“{newer.title}” has no edition before {newer.edition}",
            fix="There is something to compare once it has been ingested with another text",
        )
    return former[-1]


def _lines(found: Comparison, *, is_plain: bool) -> Iterator[Text]:
    yield Text(
        f"{found.publication}, edition {found.before} to {found.after}: "
        f"{found.count('added')} added, {found.count('removed')} removed, "
        f"{found.count('moved')} moved, {found.count('changed')} changed, "
        f"{found.unchanged} as before",
        style="bold",
    )
    for change in found.changes:
        yield from _change_lines(change, is_plain=is_plain)


def _change_lines(change: SectionChange, *, is_plain: bool) -> Iterator[Text]:
    place = change.after or change.before
    if place is None:
        return
    yield Text()
    yield Text(f"{change.kind}: {_named(place)}", style="bold cyan")
    yield Text(f"  {one_line(place.address)}", style="dim")
    if change.before and change.after and change.before.address != change.after.address:
        yield Text(f"  was {one_line(change.before.address)}", style="dim")
    for stretches in (change.titles, change.stretches):
        if stretches:
            yield _marked(stretches, is_plain=is_plain)


def _named(place: Place) -> str:
    return " — ".join(one_line(name) for name in (place.case_title, place.heading) if name)


def _marked(stretches: Sequence[Stretch], *, is_plain: bool) -> Text:
    text = Text("  ")
    for stretch in stretches:
        words = one_line(stretch.text if stretch.kind != "same" else _shortened(stretch.text))
        begin, end = _PLAIN_MARKS[stretch.kind] if is_plain else ("", "")
        text.append(f"{begin}{words.rstrip()}{end} ", _STYLES[stretch.kind])
    return text


def _shortened(text: str) -> str:
    """Leave out the middle of a long stretch that stayed."""
    words = text.split()
    if len(words) <= 2 * _AROUND + 2:
        return text
    return " ".join([*words[:_AROUND], "…", *words[-_AROUND:]])
