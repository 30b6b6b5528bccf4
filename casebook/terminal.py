"""The way out: text for a person, one JSON document for a script.

In:  text and records, from files that nobody has vouched for.
Out: stdout and stderr. No control character of a text reaches a terminal: it is shown as `�`
     for a person and escaped in JSON, where its value stays what it was.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TextIO

import click
import msgspec
from rich.console import Console, RenderableType

from search.deferred import encodable

# C0 (but tab and line feed), DEL, C1, the marks that turn the direction of writing, and halves of
# surrogate pairs, which file names of unknown encoding have.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_UNSAFE_BYTES = re.compile(r"[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNBROKEN = 100_000


def open_streams() -> None:
    """Put nothing in the place of the streams that whoever started this program had closed."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nothing = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - to the end
            setattr(sys, name, nothing)


def plain(text: str) -> str:
    """Return `text` safe for a terminal; as long as before, so that spans still hold."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text)


def readable(text: str) -> str:
    """Return text from outside as text: bytes of it that are no UTF-8 are replaced."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def one_line(text: str) -> str:
    """Return `text` safe for a terminal and without line breaks; as long as before."""
    return plain(text).replace("\n", " ").replace("\t", " ")


def show(*texts: RenderableType) -> None:
    """Write to stdout for a person: strings are taken as they are, never as markup."""
    console = _console(sys.stdout)
    with console.capture() as captured:
        console.print(*texts, sep="\n", crop=False)
    # Rich fills lines up with blanks, which files and pipes should not have.
    click.echo("\n".join(line.rstrip() for line in captured.get().rstrip("\n").split("\n")))


def shows_bold() -> bool:
    """Tell whether bold and colours can be seen on stdout."""
    return _console(sys.stdout).color_system is not None


def notices() -> Console:
    """Return stderr, for progress, notices and errors."""
    return _console(sys.stderr)


def note(text: str) -> None:
    """Say one thing on stderr, unwrapped, so that it can be copied and searched for."""
    notices().print(plain(text), soft_wrap=True)


def print_json(value: object) -> None:
    """Write the one JSON document of this run to stdout, in UTF-8 whatever the terminal's."""
    document = msgspec.json.encode(value, enc_hook=encodable)
    if sys.stdout.isatty():
        document = msgspec.json.format(document, indent=2)
    click.echo(_UNSAFE_BYTES.sub(_escaped, document.decode()).encode())


def plain_bytes(text: str) -> bytes:
    """Return `text` safe for a terminal, in UTF-8; its lines end as they did."""
    return _UNSAFE.sub(lambda found: found[0] if found[0] == "\r" else "\ufffd", text).encode()


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _console(file: TextIO) -> Console:
    # Lines that no terminal will show are not broken: whoever reads them breaks them anew.
    width = None if file.isatty() else _UNBROKEN
    return Console(file=file, width=width, highlight=False, markup=False, emoji=False)
