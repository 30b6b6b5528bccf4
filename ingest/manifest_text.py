"""Manifest text: a manifest to correct by hand, with all that was found as comments.

In:  the report of a dry run, and the name of its file.
Out: TOML that says nothing yet. Lines with one "#" become corrections when it is taken away, and
     as they stand they would change nothing; lines with two explain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from ingest.addresses import LEAD
from ingest.corrections import OPENING
from ingest.report import FoundHeading, Report, ReportCase

_HEAD = """\
## What Casebook found in “{name}”. Nothing here counts yet: take the “#” from a line to make it
## count, and put right what stands in it. Then:
##
##     casebook ingest {name} --manifest THIS-FILE --dry-run     shows the effect
##     casebook ingest {name} --manifest THIS-FILE               publishes
##
## docs/manifest.md says what else a manifest can hold."""
_FACTS = "## The publication: guessed from its first pages and the file's own data."
_TRANSLATION = """\
## The same book in another language, by its id in the library:
## translation_of ="""
_TRANSLATIONS = """\
## With translation_of: what stands for a case or section there, where it is not found by itself.
## "case" = "case-there", "case/section" = "case-there/section-there", "case" = "" for none"""
_KINDS = """\
## Headings that mean a usual section, but are called otherwise in this publication:
## "Lay of the land" = "background\""""
_PARTS = "## Parts, and the case that each begins with."
_CORRECTIONS = """\
## Cases and sections by their address, with the page of the file, what speaks for the heading, and
## how sure that is. What else can be said of one:
##   {level = "part"}, {level = "case"}, {level = "section"}, {level = "heading"}   what it is
##   {merge = true}             it goes on with the one before
##   {drop = true}              it is no heading
##   {split = "first words"}    a new section begins at the line that starts with these words
##   {part = "…"}, {kind = "front"}, {page = 12}    of a case"""


def manifest_text(report: Report, name: str) -> str:
    """Write the manifest that a dry run of this file leads to."""
    tables = [
        [_HEAD.format(name=_one_line(name))],
        [_FACTS, "[publication]", *_facts(report), _TRANSLATION],
        [_KINDS, "[kinds]"],
        [_TRANSLATIONS, "[translations]"],
        [_PARTS, "[parts]", *_parts(report.cases)],
        [_CORRECTIONS, "[corrections]", *_corrections(report)],
    ]
    return "\n\n".join("\n".join(table) for table in tables) + "\n"


def _facts(report: Report) -> Iterator[str]:
    for fact in report.facts:
        if fact.key == "year":
            yield f"# year = {fact.value or 2000}" if fact.value else "## year = 2000"
        elif not fact.value:
            yield f"## {fact.key} ="
        elif fact.key == "authors":
            names = ", ".join(_quoted(name) for name in fact.value.split("; "))
            yield f"# authors = [{names}]"
        else:
            yield f"# {fact.key} = {_quoted(fact.value)}"


def _parts(cases: Sequence[ReportCase]) -> Iterator[str]:
    before = ""
    for case in cases:
        if case.part and case.part != before:
            yield f"# {_quoted(case.part)} = {_quoted(case.address)}"
        before = case.part


def _corrections(report: Report) -> Iterator[str]:
    found: dict[tuple[str, int], list[FoundHeading]] = {}
    for heading in report.headings:
        found.setdefault((heading.title, heading.page), []).append(heading)
    for case in report.cases:
        if not found.get((case.title, case.first_page)):
            yield f"## p. {case.first_page}: text before the first heading; to divide it:"
            yield f'## "{OPENING}" = {{split = "first words of a line"}}'
            continue
        yield from _remarks(case.title, case.first_page, found)
        yield f"# {_quoted(case.address)} = {{{_of_case(case)}}}"
        for section in case.sections:
            if section.address.endswith(f"/{LEAD}") and not section.heading:
                continue
            yield from _remarks(section.heading, section.page, found)
            said = f"heading = {_quoted(section.heading)}, kind = {_quoted(section.kind)}"
            yield f"# {_quoted(section.address)} = {{{said}}}"


def _of_case(case: ReportCase) -> str:
    said = f"title = {_quoted(case.title)}, kind = {_quoted(case.kind)}"
    return said + (f", organisation = {_quoted(case.organisation)}" if case.organisation else "")


def _remarks(
    title: str, page: int, found: dict[tuple[str, int], list[FoundHeading]]
) -> Iterator[str]:
    headings = found.get((title, page))
    if headings:
        heading = headings.pop(0)
        yield f"## p. {page}, {heading.confidence:.0%}: {', '.join(heading.evidence)}"


def _quoted(text: str) -> str:
    """A TOML string; JSON writes strings in the same way."""
    return msgspec.json.encode(_one_line(text)).decode().replace("\x7f", "\\u007f")


def _one_line(text: str) -> str:
    return " ".join(text.split())
