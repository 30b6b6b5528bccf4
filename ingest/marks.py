"""Marks: where the parts, cases, sections and sub-headings of a publication begin.

What headings become once their level is known; the tree is grown from marks alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.headings import Heading

Role = Literal["part", "case", "section", "heading"]
CaseKind = Literal["case", "front", "back"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading with its role.

    Attributes:
        role: What begins here.
        start: First of its lines in the flow (for a heading that has none: where it would be).
        end: After the last of its lines, organisation lines included.
        title: As it will be shown.
        heading: The evidence; None where only the contents page names it.
        title_start: First line of the title itself; None where it is the first of all.
        title_end: After the last line of the title itself.
        kind: Of a case.
        organisation: Of a case, from its own lines or the contents page.
        title_in_contents: Where the contents page words it otherwise.
        level: Of a sub-heading, 1 is the next below a section.
        section_kind: Of a section, where the editor said it; "" leaves it to its heading.
        part: Of a case, where the editor named one for it alone; "" is none, None leaves it.
        language: Where the editor said it; that of a case holds for its sections.
        page: Where the editor said it; 0 leaves it to the lines.
        doubts: What is unsure about it, in words.
    """

    role: Role
    start: int
    end: int
    title: str
    heading: Heading | None = None
    title_start: int | None = None
    title_end: int = 0
    kind: CaseKind = "case"
    organisation: str = ""
    title_in_contents: str = ""
    level: int = 1
    section_kind: str = ""
    part: str | None = None
    language: str = ""
    page: int = 0
    doubts: tuple[str, ...] = ()

    @property
    def title_lines(self) -> range:
        """The lines of the title."""
        return range(self.start if self.title_start is None else self.title_start, self.title_end)
