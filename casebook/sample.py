"""The sample that comes along: a digest of our own, so that an empty library shows something.

In:  an open library.
Out: the digest in it, where the library held nothing.
"""

from __future__ import annotations

from importlib.resources import as_file, files

from casebook.progress import ProgressBar
from ingest.pipeline import ingest_file
from search.errors import LibraryError
from search.searcher import Library


def add_sample(library: Library) -> None:
    """Put the sample into a library that holds nothing; any other is left as it is."""
    if library.publications():
        return
    corpus = files("corpus")
    with (
        as_file(corpus / "sample" / "digest.pdf") as pdf,
        as_file(corpus / "manifest.toml") as manifest,
        ProgressBar("Adding the sample") as bar,
    ):
        result = ingest_file(pdf, library, manifest=manifest, progress=bar)
    if result.record is None:
        raise LibraryError(f"the sample could not be added: {result.message}")
