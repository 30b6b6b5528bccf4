"""Identity: what is the same keeps its address when a publication is ingested again.

In:  the new record and the old one.
Out: the new record with the old ids where case or section is the same thing, and with every
     address of the old that is gone in `retired`, leading to what took its place.

Two cases (sections) are compared by the words of their titles (headings) and by the shingles, runs
of three words, of how they begin and end; the most alike are paired first. An address once given
out is never given to something else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from ingest.addresses import RESERVED
from ingest.titles import likeness, title_words
from search.model import Case, Publication, Retired, Section
from search.slugs import slugify

_EDGE_WORDS = 30
_SHINGLE = 3
_SAME = 0.5
_GONE = "The text is no longer in this publication."


@dataclass(frozen=True, slots=True)
class _Print:
    """A fingerprint: a name and the shingles of the first and last words."""

    name: str
    shingles: frozenset[tuple[str, ...]]

    def likeness(self, other: _Print) -> float:
        union = len(self.shingles | other.shingles)
        text = len(self.shingles & other.shingles) / union if union else 0.0
        both_lead = not self.name and not other.name
        return 0.4 * (1.0 if both_lead else likeness(self.name, other.name)) + 0.6 * text


def keep_ids(new: Publication, old: Publication) -> Publication:
    """Give the new record the old one's ids; retire what vanished."""
    pairs = _pair([_case_print(c) for c in new.cases], [_case_print(c) for c in old.cases])
    gone_ids = {entry.address.partition("/")[0] for entry in old.retired}
    taken = {old.cases[k].id for k in pairs.values()} | gone_ids | {c.id for c in old.cases}
    cases: list[Case] = []
    for rank, case in enumerate(new.cases):
        before = old.cases[pairs[rank]] if rank in pairs else None
        case_id = before.id if before else _free(case.id, case.title, taken)
        taken.add(case_id)
        sections = _keep_sections(
            case.sections, before.sections if before else (), _retired_in(old, case_id)
        )
        cases.append(msgspec.structs.replace(case, id=case_id, sections=sections))
    kept = msgspec.structs.replace(new, cases=tuple(cases), edition=old.edition)
    return msgspec.structs.replace(kept, retired=_retired(kept, old, pairs))


def _free(wanted: str, title: str, taken: Collection[str]) -> str:
    return wanted if wanted not in taken else slugify(title, taken=taken, reserved=RESERVED)


def _retired_in(old: Publication, case_id: str) -> frozenset[str]:
    """The ids of sections that a case once had; what they named is gone, whatever comes now."""
    addresses = (entry.address.partition("/") for entry in old.retired)
    return frozenset(section for case, _, section in addresses if case == case_id and section)


def _keep_sections(
    new: Sequence[Section], old: Sequence[Section], retired: Collection[str]
) -> tuple[Section, ...]:
    pairs = _pair([_section_print(s) for s in new], [_section_print(s) for s in old])
    taken = {s.id for s in old} | set(retired)
    sections = []
    for rank, section in enumerate(new):
        wanted = section.heading if section.kind == "section" else section.kind
        section_id = old[pairs[rank]].id if rank in pairs else _free(section.id, wanted, taken)
        taken.add(section_id)
        sections.append(msgspec.structs.replace(section, id=section_id))
    return tuple(sections)


def _pair(new: Sequence[_Print], old: Sequence[_Print]) -> dict[int, int]:
    """Pair the most alike first, each once; new rank → old rank."""
    scored = [
        (a.likeness(b), -abs(j - k), j, k) for j, a in enumerate(new) for k, b in enumerate(old)
    ]
    pairs: dict[int, int] = {}
    for score, _, j, k in sorted(scored, reverse=True):
        if score >= _SAME and j not in pairs and k not in pairs.values():
            pairs[j] = k
    return pairs


def _retired(new: Publication, old: Publication, pairs: Mapping[int, int]) -> tuple[Retired, ...]:
    """Older retired addresses, and those that this edition lost; living ones are none."""
    living = {case.id for case in new.cases}
    living |= {f"{case.id}/{section.id}" for case in new.cases for section in case.sections}
    prints = [
        (f"{case.id}/{section.id}", _section_print(section))
        for case in new.cases
        for section in case.sections
    ]
    lost = {entry.address: entry for entry in old.retired}
    kept = {old.cases[rank].id for rank in pairs.values()}
    for case in old.cases:
        for section in case.sections:
            address = f"{case.id}/{section.id}"
            if address not in living:
                fallback = case.id if case.id in kept else ""
                target = _most_alike(_section_print(section), prints) or fallback
                lost.setdefault(address, _retire(address, target))
        if case.id not in living:
            targets = [lost[f"{case.id}/{s.id}"].successor.partition("/")[0] for s in case.sections]
            target = max(targets, key=targets.count, default="")
            lost.setdefault(case.id, _retire(case.id, target))
    return tuple(entry for address, entry in sorted(lost.items()) if address not in living)


def _retire(address: str, successor: str) -> Retired:
    return Retired(address, successor, "" if successor else _GONE)


def _most_alike(wanted: _Print, prints: Sequence[tuple[str, _Print]]) -> str:
    scored = [(wanted.likeness(found), address) for address, found in prints]
    score, address = max(scored, default=(0.0, ""))
    return address if score >= _SAME else ""


def _case_print(case: Case) -> _Print:
    return _Print(case.title, _shingles(" ".join(section.text for section in case.sections)))


def _section_print(section: Section) -> _Print:
    return _Print(section.heading, _shingles(section.text))


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = title_words(text)
    edges = (words[:_EDGE_WORDS], words[-_EDGE_WORDS:])
    return frozenset(
        tuple(edge[k : k + _SHINGLE]) for edge in edges for k in range(len(edge) - _SHINGLE + 1)
    )
