"""A second edition of the case-study book: links to the first still lead to their text.

The second edition is made from the first at test time: cases get other titles and places, two are
new, sections are dropped, misprints are mended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from rapidfuzz import fuzz

from ingest.identity import keep_ids
from ingest.titles import squeeze
from search.model import Publication, Section
from search.permalinks import addresses, resolve_in
from tests.small_books import ingest

RETITLED, MOVED, DROPPED, MISPRINTS, ADDED = 5, 3, 2, 100, 2
SAME_TEXT = 75.0  # of 100: rapidfuzz's ratio of what a link named and what it leads to
NEW_TITLES = [
    "The orchard behind the hospital",
    "Two bridges and one promise",
    "Letters from a mountain post office",
    "What the young carpenters learned",
    "Lamps for the lower street",
]
STORY = "Neighbours met in the yard of the mill and chose seven of them to speak for all. "


@pytest.fixture(scope="module")
def editions(shared: Path) -> tuple[Publication, Publication]:
    folder = shared / "book"
    (file,) = folder.glob("*.txt")
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    lines = file.read_text(encoding="utf-8").split("\n")
    first, _ = ingest("\n".join(lines))
    second, _ = ingest("\n".join(second_edition(lines, gold["cases"])))
    return first, keep_ids(second, first)


def second_edition(lines: list[str], cases: list[dict]) -> list[str]:  # type: ignore[type-arg]
    random = Random(7)
    chosen = random.sample(range(1, len(cases) - 1), RETITLED + MOVED + DROPPED)
    retitled, moved = chosen[:RETITLED], chosen[RETITLED : RETITLED + MOVED]
    dropped = {
        (case, random.randrange(1, len(cases[case]["sections"])))
        for case in chosen[RETITLED + MOVED :]
    }
    titles = dict(zip(retitled, NEW_TITLES, strict=True))
    stories = [
        list(case_lines(lines, case, number, titles, dropped)) for number, case in enumerate(cases)
    ]
    order = [n for n in range(len(cases)) if n not in moved]
    for number in moved:
        order.insert(random.randrange(1, len(order)), number)
    pieces = [stories[n] for n in order]
    for number in range(ADDED):
        pieces.insert(5 + 9 * number, new_case(lines, cases[number + 3], number))
    head = with_contents(lines[: cases[0]["lines"][0] - 1], cases, titles)
    tail = lines[cases[-1]["lines"][1] :]
    return with_misprints([*head, *(line for piece in pieces for line in piece), *tail], random)


def with_contents(
    head: list[str],
    cases: list[dict],  # type: ignore[type-arg]
    titles: dict[int, str],
) -> list[str]:
    """Name the cases in the contents as they are called now."""
    for number, title in titles.items():
        old = squeeze(cases[number]["title_contents"])
        first, last = min(
            (
                (first, last)
                for first in range(len(head))
                for last in range(first, min(first + 4, len(head)))
                if old in squeeze(" ".join(head[first : last + 1]))
            ),
            key=lambda span: (span[1] - span[0], span[0]),
        )
        page = head[last].rstrip().rpartition(".")[2]
        head[first : last + 1] = [f"{title} ........ {page}"]
    return head


def case_lines(
    lines: list[str],
    case: dict,  # type: ignore[type-arg]
    number: int,
    titles: dict[int, str],
    dropped: set[tuple[int, int]],
) -> Iterator[str]:
    first, last = case["lines"]
    title_first, title_last = case["title_lines"]
    gone = [case["sections"][s]["lines"] for c, s in dropped if c == number]
    for at in range(first, last + 1):
        if number in titles and title_first <= at <= title_last:
            if at == title_first:
                yield titles[number]
        elif not any(start <= at <= end for start, end in gone):
            yield lines[at - 1]


def new_case(lines: list[str], like: dict, number: int) -> list[str]:  # type: ignore[type-arg]
    made = [f"A new story about mill number {number + 1}", ""]
    for section in like["sections"]:
        if section["heading"]:
            made.append(lines[section["lines"][0] - 1])
        made += [f"{STORY}Of this {n + number} people spoke." for n in range(4)]
    return [*made, ""]


def with_misprints(lines: list[str], random: Random) -> list[str]:
    places = [n for n, line in enumerate(lines) if len(line) > 60]
    for place in random.sample(places, MISPRINTS):
        words = lines[place].split(" ")
        at = random.choice([n for n, word in enumerate(words) if len(word) > 5] or [0])
        words[at] = words[at][:2] + words[at][3:]
        lines[place] = " ".join(words)
    return lines


def texts(record: Publication) -> dict[str, str]:
    """Return the text of every address."""
    found: dict[str, str] = {}
    for case in record.cases:
        found[case.id] = " ".join(section.text for section in case.sections)
        for section in case.sections:
            found[f"{case.id}/{section.id}"] = section.text
            found |= dict(paragraphs(f"{case.id}/{section.id}", section))
    return found


def paragraphs(address: str, section: Section) -> Iterator[tuple[str, str]]:
    for number, block in zip(section.anchors, section.blocks, strict=True):
        yield f"{address}/p{number}", block.text


def still_there(text: str, record: Publication) -> bool:
    whole = "\n".join(block.text for c in record.cases for s in c.sections for block in s.blocks)
    return fuzz.partial_ratio(text, whole) > SAME_TEXT + 10


def test_links_to_the_first_edition_lead_to_the_same_text(
    editions: tuple[Publication, Publication],
) -> None:
    first, second = editions
    now = texts(second)
    wrong: list[str] = []
    known = texts(first)
    for address, text in known.items():
        found = resolve_in(second, f"{second.id}/{address}")
        target = found.address.partition("/")[2]
        if found.outcome in {"found", "moved"} and fuzz.ratio(text, now[target]) >= SAME_TEXT:
            continue
        if found.outcome == "gone" and found.note and not still_there(text, second):
            continue
        wrong.append(f"{address}: {found.outcome} {target}: {text[:60]}")
    assert len(wrong) <= len(known) / 100, "\n".join(wrong)


def test_no_link_is_ever_unknown_and_none_means_something_else(
    editions: tuple[Publication, Publication],
) -> None:
    first, second = editions
    for address in addresses(first):
        assert resolve_in(second, f"{second.id}/{address}").outcome != "never"
    living = texts(second)
    assert not [r.address for r in second.retired if r.address in living]
