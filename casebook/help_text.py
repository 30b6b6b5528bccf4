"""Help with examples: the section “Examples” of a command's docstring closes its help.

In:  a command's docstring.
Out: its help: what it does, the options, then the examples as they stand.
"""

from __future__ import annotations

from inspect import cleandoc

import click

BEHIND_DASHES = __name__  # of a context: how many arguments stand behind “--”

_EXAMPLES = "\nExamples:\n"


class CommandWithExamples(click.Command):
    """A command whose help ends with examples.

    It remembers how many arguments stand behind “--”: none of those is an option.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments."""
        behind = args[args.index("--") + 1 :] if "--" in args else []
        ctx.meta[BEHIND_DASHES] = len(behind)
        return super().parse_args(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        del ctx
        text = cleandoc(self.help or "").partition(_EXAMPLES)[0]
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, line for line."""
        del ctx
        with formatter.section("Examples"):
            for line in cleandoc(self.help or "").partition(_EXAMPLES)[2].splitlines():
                formatter.write(f"{line}\n")
