"""`casebook watch`: what is put into a folder goes into the library.

In:  a folder.
Out: publications in the library; a sentence for each file. It goes on until Ctrl-C or SIGTERM.
Errors: none that a file or the library gives rise to: they are said, and the watch goes on.
Exit: 0 when told to stop while it waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from casebook.failures import complaint
from casebook.help_text import CommandWithExamples
from casebook.intake_round import Round
from casebook.session import Session
from casebook.terminal import note, one_line
from casebook.watching import Watch
from ingest.pipeline import Request
from search.errors import CasebookError


@click.command(cls=CommandWithExamples)
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--rest",
    "rest_s",
    type=click.FloatRange(min=0.1),
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="How long nothing may have been written in the folder before its files are taken.",
)
@click.pass_obj
def watch(session: Session, folder: Path, *, rest_s: float) -> None:
    """Take in whatever is put into a folder, until Ctrl-C.

    PDF and text files that are in the folder, that come into it or that change are taken as
    “casebook ingest FOLDER” takes them; a file that is still being copied is waited for. If the
    folder vanishes, it is waited for, too. A file that could not be taken because another command
    was writing to the library, or the disk was full, is tried again. Nothing is ever removed.

    Examples:
      casebook watch incoming/
      casebook --library /srv/casebook watch /srv/incoming --rest 10
    """
    note(f"Watching {one_line(str(folder))}; Ctrl-C ends it.")
    watching, once = Watch(folder, rest_s=rest_s, say=note), _Once()
    for files in _until_stopped(watching.rounds()):
        watching.postpone(_take(session, files, once))


def _until_stopped(found: Iterator[Sequence[Path]]) -> Iterator[Sequence[Path]]:
    """End in peace when told to stop while waiting; it is how a watch ends."""
    try:
        yield from found
    except KeyboardInterrupt:
        return


class _Once:
    """Says a thing, but not what was said last: a file may be tried again for hours."""

    def __init__(self) -> None:
        self._last: set[str] = set()
        self._now: set[str] = set()

    def say(self, text: str) -> None:
        self._now.add(text)
        if text not in self._last:
            note(text)

    def begin(self) -> None:
        self._last, self._now = self._now, set()


def _take(session: Session, files: Sequence[Path], once: _Once) -> Sequence[Path]:
    """Take files in; return those that are to be tried again."""
    once.begin()
    ours = Round(session, Request(Path()), are_of_folder=True, say=once.say)
    try:
        with ours.library() as library:
            ours.run(library, files)
    except CasebookError as error:
        once.say(complaint(error, session.log_folder))
        return files
    return ours.postponed
