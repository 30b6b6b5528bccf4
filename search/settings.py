"""Settings: `casebook.toml` in the library, and `CASEBOOK_*` variables on top of it.

In:  the file's path; the environment. The variable of a key is `CASEBOOK_` and the key in
     capitals: `CASEBOOK_SITE_NAME`. A variable that is set to nothing counts as not set.
Out: one frozen `Settings`; `TEMPLATE`, what a new library's `casebook.toml` says.
Errors: InputError naming the key and what was expected. Docs: docs/settings.md.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
from msgspec import Meta, Struct

from search.errors import InputError

PREFIX = "CASEBOOK_"

Seconds = Annotated[float, Meta(gt=0)]


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """What an operator may decide about one library."""

    site_name: Annotated[str, Meta(min_length=1, max_length=100)] = "Casebook"
    languages: Annotated[tuple[Literal["en", "ru", "tg"], ...], Meta(min_length=1)] = (
        "en",
        "ru",
        "tg",
    )
    engine: Literal["whoosh"] = "whoosh"
    widen_below: Annotated[int, Meta(ge=0)] = 10
    most_hits: Annotated[int, Meta(ge=1, le=100_000)] = 10_000
    feedback: bool = True
    lock_seconds: Annotated[float, Meta(ge=0)] = 10.0
    host: Annotated[str, Meta(min_length=1)] = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65_535)] = 8000
    url_prefix: Annotated[str, Meta(pattern=r"^(/[A-Za-z0-9._~-]+)*$")] = ""
    reading_password: str = ""
    page_seconds: Seconds = 10.0
    file_seconds: Seconds = 600.0
    memory_mb: Annotated[int, Meta(ge=64)] = 1024


EXPECTED: Mapping[str, str] = {
    "site_name": "a name of 1 to 100 characters",
    "languages": "a list of one or more of en, ru, tg",
    "engine": 'the name of an engine: "whoosh"',
    "widen_below": "a whole number, 0 or more",
    "most_hits": "a whole number from 1 to 100000",
    "feedback": "true or false",
    "lock_seconds": "a number of seconds, 0 or more",
    "host": "an address such as 127.0.0.1",
    "port": "a whole number from 0 to 65535",
    "url_prefix": "a path that begins with a slash and ends without one, such as /casebook",
    "reading_password": "a text",
    "page_seconds": "a number of seconds above 0",
    "file_seconds": "a number of seconds above 0",
    "memory_mb": "a whole number of megabytes, 64 or more",
}
MEANING: Mapping[str, str] = {
    "site_name": "What the site calls itself.",
    "languages": "Languages of the interface; the first is the one shown to begin with.",
    "engine": "What answers searches.",
    "widen_below": "Fewer documents with all words than this, and a search takes any of them.",
    "most_hits": "The longest list of hits that one search gives.",
    "feedback": "Re-rank the first hits of a question in words by what they have in common.",
    "lock_seconds": "How long to wait while another process writes to the library.",
    "host": "Where `casebook serve` listens.",
    "port": "The port that `casebook serve` listens on; 0 takes a free one.",
    "url_prefix": "The path under which a proxy shows the site.",
    "reading_password": "Asked of readers before they see anything; empty asks nobody.",
    "page_seconds": "How much processor time reading one page of a file may take.",
    "file_seconds": "How long reading one file may take.",
    "memory_mb": "How much memory reading a file may take, in megabytes.",
}


def load_settings(path: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of a library; a missing file leaves every default."""
    given = {key: (value, f"{path.name}, {key}") for key, value in _from_file(path).items()}
    variables = os.environ if environ is None else environ
    given |= {
        key: (_typed(key, variables[name]), name)
        for key in EXPECTED
        if variables.get(name := PREFIX + key.upper(), "").strip()
    }
    return Settings(**{key: _checked(key, value, where) for key, (value, where) in given.items()})


def template() -> str:
    """Return what a new library's `casebook.toml` says: every key, its default, as comments."""
    head = (
        "# Settings of this library. Take away a # to change a value. A variable goes before the\n"
        f"# file: {PREFIX}SITE_NAME for site_name, and so on.\n"
    )
    defaults = msgspec.to_builtins(Settings())
    lines = (f"\n# {MEANING[key]}\n# {key} = {_toml(defaults[key])}\n" for key in EXPECTED)
    return head + "".join(lines)


def spare_threads() -> None:
    """Keep numpy to one thread for algebra, unless somebody has chosen; before it is imported.

    Nothing here is large enough for more, and to start them takes longer than to open a library.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"the settings cannot be read: {error}",
            where=str(path),
            fix='A line reads `key = value`, texts stand in quotation marks: site_name = "Name"',
        ) from error
    except OSError as error:
        raise InputError(
            f"the settings cannot be read: {error.strerror}", where=str(path)
        ) from error


def _typed(key: str, text: str) -> object:
    """Read a variable's text as its key's type; what is no number is left for `_checked`."""
    default = getattr(Settings(), key)
    if isinstance(default, tuple):
        return [part for part in text.replace(",", " ").split() if part]
    if isinstance(default, str):
        return text
    try:
        return type(default)(text)
    except ValueError:
        return text


def _checked(key: str, value: object, where: str) -> Any:  # noqa: ANN401 - as many types as keys
    if key not in EXPECTED:
        near = get_close_matches(key, EXPECTED, 1)
        fix = f"Did you mean {near[0]}?" if near else f"The keys are {', '.join(EXPECTED)}"
        raise InputError(f"there is no setting “{key}”", where=where, fix=fix)
    try:
        return msgspec.convert(value, get_type_hints(Settings, include_extras=True)[key])
    except msgspec.ValidationError as error:
        shown = "the value given" if key == "reading_password" else repr(value)
        raise InputError(f"{shown} is not {EXPECTED[key]}", where=where) from error


def _toml(value: object) -> str:
    return msgspec.json.encode(value).decode().replace(",", ", ")
