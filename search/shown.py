"""Shown: what a hit shows of a section or a case, beside its score and what matched.

In:  made by `search.documents` from a record; kept by the engine with the document.
Out: frozen records; they go to disk and come back as they were.

A section is shown by passages of its strands (`search.documents.Strand`): its running text and
its captions. Offsets count code points of the strand's text.
"""

from __future__ import annotations

from msgspec import Struct

# The first fields of a `Hit`: of a case those from `url` to `part` and from `page` on, of a section
# those from `section` on.
HitFields = tuple[str, str, str, str, int | None, str, str, str, str, str, str, int, str, str]
CaseFields = tuple[str, str, str, str, int | None, str, str, str, int, str, str]
OwnFields = tuple[str, str, str, int, str, str]


class ShownStrand(Struct, frozen=True, array_like=True):
    """A text that passages are cut from, and where its characters stand.

    Its i-th block begins at `starts[i]`, in the section's text at `places[i]`, and is called
    `numbers[i]` in addresses. From `page_starts[i]` on it stands on page `pages[i]`.
    """

    text: str
    starts: tuple[int, ...]
    places: tuple[int, ...]
    numbers: tuple[int, ...]
    page_starts: tuple[int, ...]
    pages: tuple[int, ...]


class Shown(Struct, frozen=True, array_like=True):
    """What is shown of a section; `case` is what is shown of the case that it stands in."""

    case: CaseFields = ("", "", "", "", None, "", "", "", 0, "", "")
    own: OwnFields = ("", "", "", 0, "", "")
    strands: tuple[ShownStrand, ...] = ()
