"""Segmentation: an extraction becomes marks; the conductor of the rooms that look at lines.

In:  an extraction and, where there is one, the editor's manifest.
Out: a `Segmented`: the flow, the marks (corrected), and all that the report wants to tell.

    text_columns → markup → text_pages → furniture → flow → run-in headings → contents page
    → headings → units, a single case or levels → counters → corrections
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.boxes import boxed_lines, figures_of
from ingest.cells import cell_lines
from ingest.contents_match import Promise, match_contents, match_entries
from ingest.contents_page import ContentsEntry, contents_of_parts, find_contents
from ingest.corrections import correct
from ingest.counters import without_counters
from ingest.flow import Flow, Place, make_flow
from ingest.furniture import find_furniture
from ingest.headings import Cues, Heading, find_headings
from ingest.levels import find_levels
from ingest.manifest import Manifest, PublicationFacts
from ingest.marks import Mark
from ingest.markup import read_markup
from ingest.numbering import numbered_headings
from ingest.plain_headings import plain_headings
from ingest.recurrence import recurring_lines
from ingest.run_in import cut_run_in_headings
from ingest.single_case import single_case
from ingest.text_columns import read_columns
from ingest.text_pages import find_pages, on_one_page, title_anchors
from ingest.units import find_units
from ingest.usual_names import UsualNames, usual_names
from search.model import Extraction, OutlineEntry


@dataclass(frozen=True, slots=True)
class Segmented:
    """What was found out about a publication's structure."""

    extraction: Extraction  # on real pages
    flow: Flow
    outside: range  # the contents page
    labels: Mapping[int, str]
    running_heads: tuple[str, ...]
    promises: tuple[Promise, ...]
    headings: tuple[Heading, ...]
    marks: tuple[Mark, ...]
    names: UsualNames
    said: PublicationFacts = PublicationFacts()  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True)
class _Paged:
    extraction: Extraction
    dropped: frozenset[Place]
    labels: Mapping[int, str]
    running_heads: tuple[str, ...] = ()


def segment(extraction: Extraction, manifest: Manifest) -> Segmented:
    """Find the structure of a publication."""
    names = usual_names(manifest.kinds)
    paged = _on_pages(read_markup(read_columns(extraction)), manifest)
    flow = cut_run_in_headings(make_flow(paged.extraction, paged.dropped), names)
    contents = find_contents(flow)
    if contents and (again := contents_of_parts(flow, contents)):
        flow = flow.without(again)
        contents = find_contents(flow)
    promises = match_contents(flow, contents, paged.labels) if contents else ()
    outside = range(contents.start, contents.end) if contents else range(0)
    cells = cell_lines(flow)
    no_text = cells.union(outside)
    cues = Cues(
        contents=promises,
        outline=_outline(flow, extraction.outline, outside),
        recurring=recurring_lines(flow, no_text, names),
        outside=no_text,
        numbered=numbered_headings(flow, no_text),
        apart=plain_headings(flow, cells),
        boxed=boxed_lines(flow, figures_of(paged.extraction)),
    )
    headings = find_headings(flow, cues, names)
    units = find_units(flow, headings, names)
    levels = (
        units
        or single_case(flow, headings, names)
        or find_levels(flow, headings, names, outside.start)
    )
    marks = without_counters(levels, only_named=not units)
    return Segmented(
        extraction=paged.extraction,
        flow=flow,
        outside=outside,
        labels=paged.labels,
        running_heads=paged.running_heads,
        promises=promises,
        headings=headings,
        marks=correct(marks, flow, manifest, names),
        names=names,
        said=manifest.publication,
    )


def _on_pages(extraction: Extraction, manifest: Manifest) -> _Paged:
    """Real pages, or those that a plain text lets be found; what is printed around the text."""
    if extraction.paged:
        furniture = find_furniture(extraction)
        return _Paged(extraction, furniture.dropped, furniture.labels, furniture.running_heads)
    plain = on_one_page(extraction)
    flow = make_flow(plain)
    contents = find_contents(flow)
    promises = match_contents(flow, contents, {}) if contents else ()
    promised = [(p.start, p.page_label) for p in promises]
    promised += [(p.group_start, p.page_label) for p in promises]
    text = find_pages(plain, title_anchors(flow.lines, promised), manifest.pages)
    return _Paged(text.extraction, text.numbers, text.labels)


def _outline(
    flow: Flow, outline: tuple[OutlineEntry, ...], outside: range
) -> list[tuple[int, Promise]]:
    """The bookmarks, found in the text on the pages they lead to."""
    known = [entry for entry in outline if entry.page is not None and entry.title.strip()]
    entries = [
        ContentsEntry(entry.title, str(entry.page), (), 0.0, (0, False, False)) for entry in known
    ]
    pages = {str(entry.page): entry.page for entry in known if entry.page is not None}
    found = match_entries(flow, entries, pages, outside)
    return [(entry.level, promise) for entry, promise in zip(known, found, strict=True)]
