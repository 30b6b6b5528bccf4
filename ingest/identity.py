"""Identity: what is the same keeps its address when a publication is ingested again.

In:  the new record and the old one.
Out: the new record with the old ids where case or section is the same thing, and with every
     address of the old that is gone in `retired`, leading to what took its place.

Two cases (sections) are compared by their titles (headings) and by the runs of three words that
they share; the most alike are paired first (docs/adr/0015). An address once given out is never
given to something else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from ingest.addresses import RESERVED
from ingest.anchors import keep_anchors
from ingest.overlaps import Overlaps, Shingles, resemblance, shingles
from ingest.titles import likeness
from search.model import Case, Publication, Retired, Section
from search.slugs import slugify

TITLE_WEIGHT, TEXT_WEIGHT = 0.4, 0.6
SAME = 0.5
_GONE = "The text is no longer in this publication."


@dataclass(frozen=True, slots=True)
class _Print:
    """A fingerprint: a name and the shingles of the text."""

    name: str
    text: Shingles

    def likeness(self, other: _Print) -> float:
        both_lead = not self.name and not other.name
        name = 1.0 if both_lead else likeness(self.name, other.name)
        return TITLE_WEIGHT * name + TEXT_WEIGHT * resemblance(self.text, other.text)


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
        cases.append(replace(case, id=case_id, sections=sections))
    kept = replace(new, cases=tuple(cases), edition=old.edition)
    return keep_anchors(replace(kept, retired=_retired(kept, old)), old)


def says_the_same(one: Publication, other: Publication) -> bool:
    """Tell whether two records have the same text under the same addresses and titles."""
    return _said(one) == _said(other)


def _said(record: Publication) -> list[tuple[str, ...]]:
    return [
        (case.id, case.title, case.organisation, section.id, section.heading, section.text)
        for case in record.cases
        for section in case.sections
    ]


def _free(wanted: str, title: str, taken: Collection[str]) -> str:
    return wanted if wanted not in taken else slugify(title, taken=taken, reserved=RESERVED)


def _retired_in(old: Publication, case_id: str) -> frozenset[str]:
    """The ids of sections that a case once had; what they named is gone, whatever comes now."""
    addresses = (entry.address.split("/") for entry in old.retired)
    return frozenset(parts[1] for parts in addresses if parts[0] == case_id and len(parts) == 2)  # noqa: PLR2004 - case and section


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
        sections.append(replace(section, id=section_id))
    return tuple(sections)


def _pair(new: Sequence[_Print], old: Sequence[_Print]) -> dict[int, int]:
    """Pair the most alike first, each once; new rank → old rank."""
    scored = sorted(_scored(new, old), reverse=True)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for score, _, j, k in scored:
        if score >= SAME and j not in pairs and k not in taken:
            pairs[j] = k
            taken.add(k)
    return pairs


def _scored(new: Sequence[_Print], old: Sequence[_Print]) -> Iterator[tuple[float, int, int, int]]:
    """Yield likeness, nearness and ranks of what may be the same: it shares a word or a name."""
    overlaps = Overlaps([one.text for one in old])
    for j, one in enumerate(new):
        near = set(overlaps.sharing(one.text)) | {
            k for k, other in enumerate(old) if not (one.text and other.text)
        }
        for k in near:
            yield one.likeness(old[k]), -abs(j - k), j, k


def _retired(new: Publication, old: Publication) -> tuple[Retired, ...]:
    """Older retired addresses, and those that this edition lost; living ones are none."""
    sections = {f"{c.id}/{s.id}": s for c in new.cases for s in c.sections}
    living = {case.id for case in new.cases} | sections.keys()
    former = {f"{case.id}/{section.id}" for case in old.cases for section in case.sections}
    prints = {address: _section_print(section) for address, section in sections.items()}
    heirs = _Heirs(prints, {place for place, at in enumerate(prints) if at not in former})
    lost = {entry.address: entry for entry in old.retired}
    for case in old.cases:
        for section in case.sections:
            address = f"{case.id}/{section.id}"
            if address not in living:
                lost.setdefault(address, _retire(address, heirs.of(section, case.id)))
        if case.id not in living:
            targets = [lost[f"{case.id}/{s.id}"].successor.partition("/")[0] for s in case.sections]
            target = max(targets, key=targets.count, default="")
            lost.setdefault(case.id, _retire(case.id, target))
    return tuple(entry for address, entry in sorted(lost.items()) if address not in living)


class _Heirs:
    """What stands now, to find what took a lost section's place.

    That is a section that is new and like it, or one that holds it: new, or of the same case. A
    section that has its own former text is nobody else's heir, however alike: two contacts of one
    organisation are not one.
    """

    def __init__(self, prints: Mapping[str, _Print], new: Collection[int]) -> None:
        self._addresses = list(prints)
        self._prints = list(prints.values())
        self._overlaps = Overlaps([one.text for one in self._prints])
        self._new = new

    def of(self, section: Section, case: str) -> str:
        """Return the heir's address, "" where there is none."""
        wanted = _section_print(section)
        near = self._overlaps.sharing(wanted.text)
        score, place = max(
            ((wanted.likeness(self._prints[at]), at) for at in near if at in self._new),
            default=(0.0, -1),
        )
        if score >= SAME:
            return self._addresses[place]
        among = {at for at in near if at in self._new or self._is_of(at, case)}
        held = self._overlaps.holding(wanted.text, least=SAME, among=among)
        return "" if held is None else self._addresses[held]

    def _is_of(self, place: int, case: str) -> bool:
        return self._addresses[place].partition("/")[0] == case


def _retire(address: str, successor: str) -> Retired:
    return Retired(address, successor, "" if successor else _GONE)


def _case_print(case: Case) -> _Print:
    return _Print(case.title, shingles(" ".join(section.text for section in case.sections)))


def _section_print(section: Section) -> _Print:
    return _Print(section.heading, shingles(section.text))
