"""Arguments: the command line that the benchmarks share in looks.

In:  a benchmark's name, its module's docstring, its examples.
Out: a parser that a benchmark adds its own arguments to.
"""

from __future__ import annotations

import argparse


def argument_parser(name: str, docstring: str | None, examples: str) -> argparse.ArgumentParser:
    """Return a parser whose help opens with the docstring's first line and ends in examples."""
    return argparse.ArgumentParser(
        prog=f"python -m benchmarks.{name}",
        description=(docstring or "").partition("\n")[0],
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
