"""Errors of ingest: files that nothing can be read from.

InputError                search/errors.py
├── UnreadableError       not a PDF or text, empty, encrypted, damaged beyond reading
│   └── NeedsOcrError     pictures of text, or glyphs that stand for no letters
├── ManifestError         what the editor wrote cannot be used: which key, what was expected
├── EncryptedPdfError     inside the reading process: a password or method is wanting
├── NoPagesError          inside the reading process: no page can be found
├── PageStopError         inside the reading process: a page must end now
└── SilentWorkerError     inside the worker: the reading process died, hung or spoke nonsense

The last four never leave `ingest.read`, which turns them into a lost page or one of the first two.

In:  what happened, where, and what to do, in words a librarian knows.
Out: `str(error)` is the whole sentence for a person.
"""

from __future__ import annotations

from search.errors import InputError


class UnreadableError(InputError):
    """Nothing can be had from this file; the sentence says why."""


class NeedsOcrError(UnreadableError):
    """The file shows text but holds none: text recognition (OCR) has to come first."""


class ManifestError(InputError):
    """A manifest that cannot be used; the sentence names the key and what was expected."""


class EncryptedPdfError(InputError):
    """The file cannot be opened without a password or a method that we lack."""


class NoPagesError(InputError):
    """No page can be found in the file."""


class PageStopError(InputError):
    """A page takes too long or shows too much; `what` says which."""


class SilentWorkerError(InputError):
    """The reading process died, hung or spoke nonsense; `what` is for a person."""
