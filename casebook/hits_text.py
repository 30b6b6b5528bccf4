"""Answers for the terminal: hits under their case, passages with their marks, facets.

In:  `Results`.
Out: rich renderables. Matched words are bold on a terminal, and stand between `**` where the
     text goes to a file or a pipe, which knows no bold.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from casebook.terminal import one_line, show, shows_bold
from search.explanation import explanation_text
from search.results import FacetValue, Hit, Passage, Results
from search.ways_out import Looser, WayOut

PLAIN_MARK = "**"
_VALUES_SHOWN = 5
_REASONS = {
    "spelling": "Did you mean",
    "layout": "In another keyboard layout",
    "phrase": "The phrase is also spelt",
}


@dataclass(frozen=True, slots=True)
class CaseHits:
    """The hits of one case, best first; the cases stand in the order of their best hits."""

    hits: tuple[Hit, ...]

    @property
    def case(self) -> Hit:
        """The best hit, which also says what the case is called."""
        return self.hits[0]


def print_results(results: Results, ways_out: Sequence[WayOut] = ()) -> None:
    """Print one page of an answer to stdout, and ways out of an empty one."""
    is_plain = not shows_bold()
    texts: list[RenderableType] = [*_head(results), Text()]
    texts += [_case_text(group, is_plain=is_plain) for group in cases_of(results.hits)]
    if facets := list(_facet_lines(results)):
        texts += [Text("Narrow with --filter FACET=VALUE", style="bold"), *facets]
    if ways_out:
        texts += [Text("The same, a little looser", style="bold"), *map(_way_text, ways_out)]
    if rest := _rest(results):
        texts.append(Text(rest, style="dim"))
    show(*texts)


def cases_of(hits: Sequence[Hit]) -> tuple[CaseHits, ...]:
    """Put the hits of one case together."""
    cases: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        cases.setdefault((hit.publication, hit.case), []).append(hit)
    return tuple(CaseHits(tuple(found)) for found in cases.values())


def marked(passage: Passage, *, is_plain: bool) -> Text:
    """Return a passage with its matched words marked."""
    text = one_line(passage.text)
    ends = [0, *(end for span in passage.highlights for end in span), len(text)]
    before, after = (PLAIN_MARK, PLAIN_MARK) if is_plain else ("", "")
    marks = Text()
    for number, (start, end) in enumerate(pairwise(ends)):
        is_match = number % 2 == 1
        piece = text[start:end]
        marks.append(f"{before}{piece}{after}" if is_match else piece, "bold" if is_match else "")
    return marks


def _head(results: Results) -> Iterator[Text]:
    asked = f"“{one_line(results.query)}”" if results.query.strip() else "everything"
    yield Text(f"{_found(results)} for {asked}", style="bold")
    if results.reading and results.reading != asked:
        yield Text(f"Read as: {one_line(results.reading)}", style="dim")
    for notice in results.notices:
        yield Text(f"Note: {one_line(notice)}", style="yellow")
    for each in results.spellings:
        others = ", ".join(one_line(other) for other in each.also)
        yield Text(f"Also for {one_line(each.typed)}: {others} (not with --spelling typed)")
    for suggestion in results.suggestions:
        words = f"{one_line(suggestion.query)} ({suggestion.count})"
        yield Text(f"{_REASONS[suggestion.reason]}: {words}", style="yellow")


def _found(results: Results) -> str:
    one, many = ("case", "cases") if results.scope == "cases" else ("section", "sections")
    return f"{results.total or 'No'} {one if results.total == 1 else many}"


def _case_text(group: CaseHits, *, is_plain: bool) -> RenderableType:
    case = group.case
    number = f"{case.case_number}. " if case.case_number else ""
    title = Text(f"{number}{one_line(case.case_title)}", style="bold cyan")
    facts = " · ".join(
        one_line(fact) for fact in (case.organisation, case.part, case.publication_title) if fact
    )
    sections = [_hit_text(hit, is_plain=is_plain) for hit in group.hits]
    return Group(title, Text(facts, style="dim"), *sections, Text())


def _hit_text(hit: Hit, *, is_plain: bool) -> RenderableType:
    name = one_line(hit.heading or hit.section_kind).strip()
    lines: list[RenderableType] = []
    if place := ", ".join(fact for fact in (name, _page(hit)) if fact):
        lines.append(Text(f"  {place}"))
    if hit.passages:
        lines.append(_passages_text(hit.passages, is_plain=is_plain))
    lines += [Text(f"    {extra}", style="dim") for extra in _extras(hit)]
    # An address that is broken cannot be copied, so the terminal has to break it.
    address = Text(f"    {one_line(hit.url)}", style="dim", no_wrap=True, overflow="ignore")
    return Group(*lines, address)


def _passages_text(passages: Sequence[Passage], *, is_plain: bool) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    for passage in passages:
        table.add_row(Text("  ·", style="dim"), marked(passage, is_plain=is_plain))
    return table


def _page(hit: Hit) -> str:
    """Say the printed page, which people cite, and the place in the file where it differs."""
    if not hit.page:
        return ""
    if not hit.page_label:
        return f"PDF p. {hit.page}"
    differs = hit.page_label != str(hit.page)
    return f"p. {one_line(hit.page_label)}" + (f" (PDF p. {hit.page})" if differs else "")


def _extras(hit: Hit) -> Iterator[str]:
    if hit.explanation:
        yield from map(one_line, explanation_text(hit.explanation))
    if hit.more_passages:
        plural = "s" if hit.more_passages > 1 else ""
        yield f"{hit.more_passages} more passage{plural} here"
    if hit.missing:
        yield f"without {', '.join(one_line(word) for word in hit.missing)}"


def _facet_lines(results: Results) -> Iterator[Text]:
    for name, values in results.facets.items():
        if len(values) > 1 or any(value.selected for value in values):
            yield _facet_line(name, values)


def _facet_line(name: str, values: Sequence[FacetValue]) -> Text:
    shown = [v for place, v in enumerate(values) if place < _VALUES_SHOWN or v.selected]
    line = Text(f"  {name}: ", style="dim")
    for place, value in enumerate(shown):
        mark = "✓ " if value.selected else ""
        line.append(" · " if place else "", style="dim")
        line.append(f"{mark}{one_line(value.value)} {value.count}", "bold" if mark else "default")
    if hidden := len(values) - len(shown):
        line.append(f" · {hidden} more", style="dim")
    return line


def _way_text(way: WayOut) -> Text:
    unit = way.question.scope if way.total > 1 else way.question.scope.rstrip("s")
    return Text(f"  {one_line(way.said)}: {way.total} {unit}\n    {_as_typed(way.question)}")


def _as_typed(question: Looser) -> str:
    """Write the command that asks a question."""
    words = ["casebook", "search", question.query]
    words += [f"--filter={name}={v}" for name, values in question.filters.items() for v in values]
    words += [f"--scope={question.scope}"] if question.scope != "sections" else []
    words += [f"--match={question.match}"] if question.match != "auto" else []
    words += [f"--spelling={question.spelling}"] if question.spelling != "any" else []
    return one_line(shlex.join(words))


def _rest(results: Results) -> str:
    last = results.offset + len(results.hits)
    if last >= results.total or not results.hits:
        return ""
    return f"Shown: {results.offset + 1}–{last} of {results.total}. The next: --offset {last}"
