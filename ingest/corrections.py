"""Corrections: what the editor said, done to the marks before a tree grows from them.

In:  marks in reading order, the flow, and a manifest.
Out: marks corrected; every correction finds what it names or says so.
Errors: `ManifestError` names the address and the nearest ones that there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

import msgspec
from rapidfuzz import process

from ingest.addresses import assign_ids, kinds_in
from ingest.errors import ManifestError
from ingest.flow import Flow
from ingest.manifest import Correction, Manifest
from ingest.marks import CaseKind, Mark
from ingest.nearest import nearest_lines
from ingest.titles import title_words
from ingest.usual_names import UsualNames

OPENING = "start"  # the text before the first heading
_CASE_KINDS = ("case", "front", "back")


def correct(
    marks: Sequence[Mark], flow: Flow, manifest: Manifest, names: UsualNames
) -> tuple[Mark, ...]:
    """Do all corrections in the order written; addresses are those found before any of them."""
    corrected = list(marks)
    by_address = _by_address(corrected, names)
    for address, correction in manifest.corrections.items():
        if address == OPENING and address not in by_address:
            corrected.insert(0, _split_opening(corrected, flow, correction))
            by_address = _by_address(corrected, names) | by_address
            continue
        mark = _find(by_address, address, f"corrections.{address}")
        _check(mark, correction, f"corrections.{address}", flow)
        at = _place(corrected, mark)
        corrected[at : at + 1] = _corrected(corrected, at, flow, correction, address)
        by_address = _by_address(corrected, names) | by_address
    for part, address in manifest.parts.items():
        case = _find(by_address, address, f"parts.{part}")
        _begin_part(corrected, part, case)
    return tuple(corrected)


def _by_address(marks: Sequence[Mark], names: UsualNames) -> dict[str, Mark]:
    kinds = kinds_in(marks, names)
    return {address: mark for mark, address in assign_ids(marks, kinds) if address}


def _place(marks: Sequence[Mark], wanted: Mark) -> int:
    """Where a mark stands now, whatever was changed in it."""
    same = (k for k, m in enumerate(marks) if m.start == wanted.start and m.end == wanted.end)
    return next(same, 0)


def _check(mark: Mark, correction: Correction, key: str, flow: Flow) -> None:
    """Refuse what cannot be done: facts of cases for a section, pages that there are not."""
    of_case = (correction.level or ("section" if correction.split else mark.role)) == "case"
    last = flow.lines[-1].page if flow.lines else 0
    asked = {
        "kind": (
            of_case and bool(correction.kind) and correction.kind not in _CASE_KINDS,
            f'"case", "front" or "back", for this is a case; found “{correction.kind}”',
        ),
        "organisation": (
            not of_case and correction.organisation is not None,
            "the address of a case, for sections have none",
        ),
        "part": (
            not of_case and correction.part is not None,
            "the address of a case, for sections stand in none",
        ),
        "page": (
            correction.page is not None and correction.page > last,
            f"a page of the file, 1 to {last}; found {correction.page}",
        ),
    }
    for name, (is_wrong, expected) in asked.items():
        if is_wrong:
            raise ManifestError(
                f"at “{key}.{name}”: expected {expected}",
                where="manifest.toml",
                fix="docs/manifest.md says what each key is for",
            )


def _find(by_address: Mapping[str, Mark], address: str, key: str) -> Mark:
    if address in by_address:
        return by_address[address]
    near = [found[0] for found in process.extract(address, list(by_address), limit=3)]
    nearest = ", ".join(f"“{name}”" for name in near) or "none"
    raise ManifestError(
        f"at “{key}”: there is no case or section “{address}” (nearest: {nearest})",
        where="manifest.toml",
        fix="casebook ingest --dry-run shows all addresses",
    )


def _corrected(
    marks: Sequence[Mark], at: int, flow: Flow, correction: Correction, address: str
) -> list[Mark]:
    mark = marks[at]
    if correction.drop:
        return []
    if correction.merge:
        return [replace(mark, role="heading")]
    if correction.split:
        return [mark, _split(marks, at, flow, correction, address)]
    return [_changed(mark, correction)]


def _changed(mark: Mark, correction: Correction) -> Mark:
    """The mark with the facts that the correction gives."""
    changed = replace(mark, title=correction.title or correction.heading or mark.title)
    if correction.organisation is not None:
        changed = replace(changed, organisation=correction.organisation)
    if correction.level is not None:
        changed = replace(changed, role=correction.level)
    if correction.part is not None:
        changed = replace(changed, part=correction.part)
    if correction.language is not None:
        changed = replace(changed, language=correction.language)
    if correction.page is not None:
        changed = replace(changed, page=correction.page)
    if changed.role == "case" and correction.kind in _CASE_KINDS:
        return replace(changed, kind=cast("CaseKind", correction.kind))
    return replace(changed, section_kind=correction.kind) if correction.kind else changed


def _split(
    marks: Sequence[Mark], at: int, flow: Flow, correction: Correction, address: str
) -> Mark:
    """A new mark at the line that begins with the words given.

    A line that holds nothing else is its heading; otherwise the line stays text.
    """
    stop = marks[at + 1].start if at + 1 < len(marks) else len(flow.lines)
    wanted = title_words(correction.split)
    for k in range(marks[at].end, stop):
        words = title_words(flow.lines[k].text)
        if words[: len(wanted)] == wanted:
            end = k + 1 if len(words) == len(wanted) else k
            title = correction.heading or correction.title or flow.joined(k, end)
            level = correction.level or "section"
            new = Mark(role=level, start=k, end=end, title=title, title_end=end)
            return _changed(new, _of_new_mark(correction))
    raise ManifestError(
        f"at “corrections.{address}.split”: no line there begins with “{correction.split}” "
        f"({nearest_lines(correction.split, flow.lines[marks[at].end : stop])})",
        where="manifest.toml",
        fix="Copy the first words of a line as they are printed",
    )


def _split_opening(marks: Sequence[Mark], flow: Flow, correction: Correction) -> Mark:
    """A new case in the text before the first heading, which has no address of its own."""
    if not correction.split:
        raise ManifestError(
            f"at “corrections.{OPENING}”: the text before the first heading can only be split",
            where="manifest.toml",
            fix="Say where: split = the first words of a line",
        )
    level = correction.level or "case"
    opening = Mark("case", 0, 0, "")
    wanted = msgspec.structs.replace(correction, level=level)
    return _split([opening, *marks], 0, flow, wanted, OPENING)


def _of_new_mark(correction: Correction) -> Correction:
    """What a split says of the new mark."""
    return Correction(
        title=correction.title,
        heading=correction.heading,
        kind=correction.kind,
        organisation=correction.organisation,
        language=correction.language,
        page=correction.page,
    )


def _begin_part(marks: list[Mark], title: str, case: Mark) -> None:
    """Let a part begin with a case; the part mark that stood there is renamed."""
    at = _place(marks, case)
    if at and marks[at - 1].role == "part":
        marks[at - 1] = replace(marks[at - 1], title=title)
    else:
        marks.insert(at, Mark(role="part", start=case.start, end=case.start, title=title))
