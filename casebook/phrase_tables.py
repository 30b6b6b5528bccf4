"""Counts of words and phrases for the terminal: tables, with small bars where they compare.

In:  profiles, collocations, shared phrases, counts of lists.
Out: rich tables on stdout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from casebook.terminal import one_line, show
from search.csv_tables import CountsBy
from search.group_results import CollocationList, PhrasePlace, SharedPhraseList
from search.phrase_results import CaseTally, PhraseCount, PhraseCounts, Profile, ProfileValue

_BAR = 20
_LEAST_WIDTH = 16
_TITLES = {
    "part": "Region",
    "organisation": "Organisation",
    "section_kind": "Kind of section",
    "publication": "Publication",
    "year": "Year",
    "language": "Language",
}


def print_profile(found: Profile) -> None:
    """Print how often something occurs by facet."""
    asked = one_line(found.reading) or "nothing"
    head = (
        f"{found.total:,} of {asked} in {found.cases:,} cases, {found.per_10000:,} in 10,000 words"
    )
    shown = [(name, values) for name, values in found.facets.items() if values and found.total]
    show(
        Text(head if found.total else f"No {asked}", style="bold"),
        *_notes(found.notices),
        *(part for name, values in shown for part in (Text(), _profile_table(name, values))),
    )


def _profile_table(name: str, values: Sequence[ProfileValue]) -> Table:
    table = _table(_TITLES.get(name, name), "In 10,000 words", "Count", "Cases", "")
    most = max((value.per_10000 for value in values), default=0) or 1
    for value in values:
        bar = "█" * max(round(_BAR * value.per_10000 / most), int(value.count > 0))
        numbers = (f"{value.per_10000:,.1f}", f"{value.count:,}", f"{value.cases:,}")
        table.add_row(one_line(value.label), *numbers, bar)
    return table


def print_collocations(found: CollocationList) -> None:
    """Print words that go together."""
    around = f" around {found.occurrences:,} of {one_line(found.reading)}" if found.query else ""
    head = f"{found.total:,} collocations{around}" if found.total else f"No collocations{around}"
    table = _table("Words", "Score", "Together", "In all")
    for each in found.collocates:
        words = one_line(" ".join(each.words))
        table.add_row(words, f"{each.score:,.1f}", f"{each.count:,}", f"{each.frequency:,}")
    tables: list[RenderableType] = [Text(), table] if found.collocates else []
    show(Text(head, style="bold"), *_notes(found.notices), *tables)


def print_shared_phrases(found: SharedPhraseList) -> None:
    """Print phrases and where they stand."""
    count = f"{found.total:,}" if found.total else "No"
    texts: list[RenderableType] = [
        Text(f"{count} phrases of {found.words} words or more in several cases", style="bold"),
        *_notes(found.notices),
    ]
    for phrase in found.phrases:
        numbers = f"{phrase.words} words, {phrase.count:,} times in {phrase.cases:,} cases"
        texts += [Text(), Text(f"“{one_line(phrase.text)}”"), Text(f"  {numbers}", style="dim")]
        texts += [_place(place) for place in phrase.places]
    last = found.offset + len(found.phrases)
    if found.phrases and last < found.total:
        texts += [Text(), Text(f"The next: --offset {last}", style="dim")]
    show(*texts)


def _place(place: PhrasePlace) -> Text:
    page = f", p. {one_line(place.page_label)}" if place.page_label else ""
    text = Text(f"  · {one_line(place.case_title)}{page}  ", no_wrap=True, overflow="ignore")
    return text.append(one_line(place.url), "dim")


def print_counts(found: PhraseCounts, by: CountsBy) -> None:
    """Print the counts of a list of phrases."""
    table = _by_region(found.phrases) if by == "region" else _by_case(found.phrases)
    notices = [
        *found.notices,
        *(f"{each.phrase}: {notice}" for each in found.phrases for notice in each.notices),
    ]
    head = f"{len(found.phrases):,} phrases in {found.words:,} words"
    tables: list[RenderableType] = [Text(), table] if found.phrases else []
    show(Text(head, style="bold"), *_notes(notices), *tables)


def _by_region(phrases: Iterable[PhraseCount]) -> Table:
    table = _table("Phrase", "Region", "Count", "Cases", "In 10,000 words", texts=2)
    for each in phrases:
        total = (f"{each.total:,}", f"{each.cases:,}", f"{each.per_10000:,.1f}")
        table.add_row(one_line(each.phrase), "all", *total, style="bold")
        for region in each.by_region:
            numbers = (f"{region.count:,}", f"{region.cases:,}", f"{region.per_10000:,.1f}")
            table.add_row("", one_line(region.label), *numbers)
    return table


def _by_case(phrases: Iterable[PhraseCount]) -> Table:
    table = _table("Phrase", "Case", "Region", "Count", "In 10,000 words", texts=3)
    for each in phrases:
        table.add_row(one_line(each.phrase), "all", "", f"{each.total:,}", "", style="bold")
        for case in each.by_case:
            table.add_row("", *_case_cells(case))
    return table


def _case_cells(case: CaseTally) -> tuple[str, ...]:
    numbers = (f"{case.count:,}", f"{case.per_10000:,.1f}")
    return one_line(case.case_title), one_line(case.part), *numbers


def _table(*names: str, texts: int = 1) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, name in enumerate(names):
        if place < texts:
            table.add_column(name, overflow="fold", min_width=_LEAST_WIDTH)
        else:
            table.add_column(name, justify="right" if name else "left", no_wrap=True)
    return table


def _notes(notices: Iterable[str]) -> Iterator[Text]:
    return (Text(f"Note: {one_line(notice)}", style="yellow") for notice in notices)
