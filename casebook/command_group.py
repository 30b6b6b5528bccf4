"""The commands: the options before a command's name, and one place for errors.

In:  the arguments.
Out: an exit code: 0 done (no hit is still 0), 1 failed, 2 wrong usage, 130 stopped (by Ctrl-C or
     SIGTERM).

A command's module is imported when the command is asked for: nobody who searches waits for the
server of the site.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from casebook.failures import report
from casebook.session import Session
from casebook.stopping import begin, stopping_in_order
from casebook.terminal import open_streams
from search.settings import spare_threads

# In the order that one meets them; each in the module of its name, unless another is named.
COMMANDS = {
    "ingest": "ingest",
    "watch": "watch",
    "import": "import_lines",
    "search": "search",
    "concordance": "concordance",
    "profile": "profile",
    "collocations": "collocations",
    "shared-phrases": "shared_phrases",
    "count": "count",
    "show": "show",
    "similar": "similar",
    "list": "list_publications",
    "export": "export",
    "diff": "diff",
    "translations": "translations",
    "serve": "serve",
    "remove": "remove",
    "reindex": "reindex",
    "check": "check",
}


class ReportingGroup(click.Group):
    """A group of commands that tells about every error in one way."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order that one meets them, not by name."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        name = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"casebook.commands.{name}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; from here on there is something to tidy up."""
        found = super().resolve_command(ctx, args)
        begin()
        return found

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Remember the arguments: an error is told in the form that they ask for."""
        ctx.meta[__name__] = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> None:
        """Run the command; whatever escapes becomes a sentence and an exit code."""
        try:
            super().invoke(ctx)
        except (click.exceptions.Exit, BrokenPipeError):
            raise
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - this is the edge
            command, session = ctx.invoked_subcommand or "", _session(ctx)
            ctx.exit(report(error, ctx.meta[__name__], command=command, folder=session.log_folder))


@click.group(
    cls=ReportingGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="“casebook COMMAND --help” tells about a command, with examples.",
)
@click.option(
    "--library",
    type=click.Path(path_type=Path, readable=False),
    envvar="CASEBOOK_LIBRARY",
    default="library",
    metavar="DIR",
    help="The folder that holds the publications and their index; without it the variable "
    "CASEBOOK_LIBRARY names it, else it is ./library.",
)
@click.option("--debug", is_flag=True, help="Show where in the program an error arose.")
@click.version_option(package_name="casebook", message="Casebook %(version)s")
@click.pass_context
def cli(ctx: click.Context, library: Path, *, debug: bool) -> None:
    """Search books of case studies: put PDFs and texts in, find passages, read and cite."""
    del library, debug
    ctx.obj = _session(ctx)


def _session(ctx: click.Context) -> Session:
    return Session(folder=ctx.params["library"], debug=ctx.params["debug"])


def run(given: Sequence[str]) -> int:
    """Run `casebook` with these arguments; return the exit code."""
    spare_threads()
    open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a letter the terminal lacks is no failure
    try:
        with stopping_in_order():
            result = cli.main(list(given), prog_name="casebook", standalone_mode=False)
    except (click.ClickException, click.Abort) as error:
        return report(error, given)
    return int(result or 0)
