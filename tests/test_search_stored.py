"""Stored: what is shown of sections comes back as it was, and is written as it always was."""

from __future__ import annotations

import zlib

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh_schema import pack_shown, unpack_shown
from search.shown import CaseFields, OwnFields, Shown, ShownStrand
from search.snapshot.arrays import Array
from search.snapshot.stored import StoredSections, stored_arrays, stored_of

WELLS = Shown(
    ("/p/wells/two", "wells", "Wells", "two", 2, "Two pumps", "Water Works", "North", 7, "5", "en"),
    ("plans", "plans", "Plans", 8, "6", "en"),
    (ShownStrand("One well. Two.", (0,), (3,), (1,), (0, 10), (8, 9)),),
)
# A library is opened after an update, not imported anew: this may be read otherwise some day, but
# what was written so must be read.
WRITTEN = (
    b"\x91\x94\xc4A\x9b\xac/p/wells/two\xa5wells\xa5Wells\xa3two\x02\xa9Two pumps\xabWater Works"
    b"\xa5North\x07\xa15\xa2en\xc4\x19\x96\xa5plans\xa5plans\xa5Plans\x08\xa16\xa2en\xc4\x1a\x91"
    b"\x9d\x00\x03\x0e\x92\x00\n\x90\x92\x00\x02\x91\x00\x91\x03\x91\x01\x92\x00\n\x92\x08\t\x90"
    b"\x90\xc4\x14\x00\x03\x01\x04\x00\x03One well. Two."
)

names = st.text("aб ", max_size=3)
cases = st.tuples(names, names, names, names, st.none() | st.integers(0, 9), names, names, names)
owns = st.tuples(names, names, names, st.integers(0, 300), names, names)
strands = st.text("аb. ", max_size=40).map(
    lambda text: ShownStrand(text, (0,), (0,), (1,), (0,), (1,))
)


def test_an_index_of_record_of_earlier_versions_can_be_read() -> None:
    assert unpack_shown(zlib.compress(WRITTEN)) == [stored_of(WELLS)]
    assert zlib.decompress(pack_shown([stored_of(WELLS)])) == WRITTEN


@given(
    st.lists(
        st.tuples(cases, st.lists(st.tuples(owns, strands), min_size=1, max_size=3)), max_size=4
    )
)
def test_what_is_shown_of_sections_and_cases_comes_back(
    shown: list[
        tuple[
            tuple[str, str, str, str, int | None, str, str, str],
            list[tuple[OwnFields, ShownStrand]],
        ]
    ],
) -> None:
    fields: list[CaseFields] = [(*case, 3, "iii", "en") for case, _ in shown]
    texts = [
        (number, own, strand)
        for number, (_, sections) in enumerate(shown)
        for own, strand in sections
    ]
    stored = [stored_of(Shown(fields[number], own, (strand,))) for number, own, strand in texts]
    case_of = np.array([number for number, _, _ in texts], np.int32)
    firsts = case_of.searchsorted(np.arange(len(shown) + 1)).astype(np.int32)
    arrays: dict[str, Array] = {"cases/firsts": firsts, "sections/case": case_of}
    found = StoredSections(arrays | dict(stored_arrays(stored, firsts[:-1].tolist())))
    for section, (number, own, strand) in enumerate(texts):
        case = fields[number]
        hit, layouts, body, at = found.section(section)
        assert hit == (f"{case[0]}/{own[0]}", *case[1:8], *own)
        assert found.own_fields(section) == own
        assert found.case_fields(found.case_of(section)) == case
        assert found.of(section) == stored[section]
        for layout in layouts:
            text = at + 2 * layout.words
            assert str(body[text : text + layout.text_bytes], "utf-8") == strand.text
