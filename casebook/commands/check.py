"""`casebook check`: is everything in the library as it should be?

In:  nothing.
Out: what is wrong and what to do, as text or JSON; exit code 1 where anything is.
"""

from __future__ import annotations

import click

from casebook.failures import FAILED
from casebook.help_text import CommandWithExamples
from casebook.session import Session
from casebook.terminal import plain, print_json, show
from search.checking import Finding


@click.command(cls=CommandWithExamples)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def check(ctx: click.Context, *, as_json: bool) -> None:
    """Look for faults and say what to do about them.

    Records, sources and the index are read whole; nothing is changed. The exit code is 1
    where something is wrong.

    Examples:
      casebook check
      casebook check --json
    """
    session: Session = ctx.obj
    with session.library(settle=False) as library:
        findings = library.check()
    if as_json:
        print_json({"findings": findings})
    else:
        _print(findings)
    ctx.exit(FAILED if findings else 0)


def _print(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        show(plain(str(finding)))
    if not findings:
        show("Everything is as it should be.")
