"""Extraction speed: our reader of PDFs beside others, and whether they read the same.

In:  PDFs, or folders of them; without any, the sample digest.
Out: processor time, pages a second, text agreement; on the terminal and in
     benchmarks/results/extract-speed.md.

Every reader has a process of its own for every file, and of several rounds the fastest counts.
Agreement is the F1 of words, page by page, against Poppler's pdftotext; “same letters” is the
share of pages whose letters, blanks and order aside, are those that pdfminer's default gives.
Compatibility forms (ligatures) count as the letters that they stand for.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product, zip_longest
from pathlib import Path

from benchmarks.arguments import argument_parser
from benchmarks.readers import BASE, READERS, REFERENCE, Read, ReaderMissingError, read_apart
from benchmarks.report import ROOT, page, table, write_page
from benchmarks.timings import times

SAMPLE = ROOT / "corpus" / "sample" / "digest.pdf"

_WORD = re.compile(r"\w+")
_BLANK = re.compile(r"\s+")
_UNMAPPED = re.compile(r"\(cid:\d+\)")  # how pdfminer writes a glyph that stands for no letter
_EXAMPLES = """examples:
  python -m benchmarks.extract_speed
  python -m benchmarks.extract_speed ~/books --rounds 5
  python -m benchmarks.extract_speed book.pdf --readers casebook pdfminer pdftotext

pip install --group bench  installs the readers; pdftotext is in Debian's poppler-utils.
"""


def word_f1(pages: Sequence[str], reference: Sequence[str]) -> float:
    """Return the F1 of words over all pages, each page compared with its counterpart."""
    shared = ours = theirs = 0
    for text, other in zip_longest(pages, reference, fillvalue=""):
        words, others = _words(text), _words(other)
        shared += (words & others).total()
        ours += words.total()
        theirs += others.total()
    return 2 * shared / (ours + theirs) if ours + theirs else 1.0


def same_letters(pages: Sequence[str], base: Sequence[str]) -> float:
    """Return the share of pages that have the same letters, in whatever order."""
    pairs = list(zip_longest(pages, base, fillvalue=""))
    same = sum(_letters(text) == _letters(other) for text, other in pairs)
    return same / len(pairs) if pairs else 1.0


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _letters(text: str) -> Counter[str]:
    # A ligature is its letters: one reader takes it apart, another does not.
    plain = _UNMAPPED.sub("\N{REPLACEMENT CHARACTER}", unicodedata.normalize("NFKC", text))
    return Counter(_BLANK.sub("", plain))


def pdfs_in(paths: Iterable[Path]) -> list[Path]:
    """Return the PDFs among some files and below some folders."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.rglob("*.pdf")) if path.is_dir() else [path]
    return found


Readings = Mapping[str, Mapping[Path, Read]]


def measure(files: Sequence[Path], names: Sequence[str], rounds: int) -> Readings:
    """Read every file with every reader, in turn."""
    found: dict[str, dict[Path, Read]] = defaultdict(dict)
    missing: set[str] = set()
    for _, file, name in product(range(rounds), files, names):
        if name not in missing:
            _take(found[name], missing, name, file)
    return {name: reads for name, reads in found.items() if len(reads) == len(files)}


def _take(reads: dict[Path, Read], missing: set[str], name: str, file: Path) -> None:
    try:
        read = read_apart(name, file)
    except (ReaderMissingError, RuntimeError) as error:
        missing.add(name)
        print(f"{name} is passed over: {error}")
        return
    if file not in reads or read.cpu_s < reads[file].cpu_s:
        reads[file] = read


def totals_table(found: Readings) -> str:
    """Return all files together, a row for every reader."""
    base = _cpu_s(found[BASE]) if BASE in found else 0.0
    rows = []
    for name, reads in found.items():
        pages = sum(len(read.pages) for read in reads.values())
        cpu_s = _cpu_s(reads)
        rows.append(
            (
                name,
                READERS[name].about,
                READERS[name].version(),
                f"{cpu_s:.2f}",
                f"{pages / cpu_s:.0f}" if cpu_s else "–",
                times(base / cpu_s if cpu_s else None),
                _agreement(reads, found.get(REFERENCE)),
                _sameness(reads, found.get(BASE)),
            )
        )
    header = (
        "reader",
        "how",
        "version",
        "CPU s",
        "pages a CPU s",
        f"{BASE}'s time over it",
        f"word F1 with {REFERENCE}",
        f"pages with {BASE}'s letters",
    )
    return table(header, rows)


def files_table(found: Readings) -> str:
    """Return processor time by file."""
    names = list(found)
    files = list(next(iter(found.values())))
    rows = (
        (
            file.name,
            len(found[names[0]][file].pages),
            *(f"{found[name][file].cpu_s:.2f}" for name in names),
        )
        for file in files
    )
    return f"## CPU seconds by file\n\n{table(('file', 'pages', *names), rows)}"


def _cpu_s(reads: Mapping[Path, Read]) -> float:
    return sum(read.cpu_s for read in reads.values())


def _agreement(reads: Mapping[Path, Read], others: Mapping[Path, Read] | None) -> str:
    return f"{word_f1(*_paired(reads, others)):.4f}" if others else "–"


def _sameness(reads: Mapping[Path, Read], others: Mapping[Path, Read] | None) -> str:
    return f"{same_letters(*_paired(reads, others)):.1%}" if others else "–"


def _paired(reads: Mapping[Path, Read], others: Mapping[Path, Read]) -> tuple[list[str], list[str]]:
    """Return the pages of all files, two by two; a file's missing pages are empty."""
    pairs = [
        pair
        for file, read in reads.items()
        for pair in zip_longest(read.pages, others[file].pages, fillvalue="")
    ]
    return [text for text, _ in pairs], [other for _, other in pairs]


def main() -> int:
    """Measure, print, write down."""
    parser = argument_parser("extract_speed", __doc__, _EXAMPLES)
    parser.add_argument(
        "paths",
        type=Path,
        nargs="*",
        metavar="PDF",
        default=[SAMPLE],
        help="a PDF, or a folder of them",
    )
    parser.add_argument(
        "--readers",
        nargs="+",
        choices=list(READERS),
        default=list(READERS),
        metavar="NAME",
        help=f"some of: {', '.join(READERS)}",
    )
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="the fastest counts")
    parser.add_argument("--no-write", action="store_true", help="leave benchmarks/results alone")
    options = parser.parse_args()
    files = pdfs_in(options.paths)
    if not files:
        parser.error("there is no PDF in what was named")
    load = os.getloadavg()[0]
    found = measure(files, options.readers, options.rounds)
    if not found:
        parser.error("no reader could read every file")
    text = page(
        "Extraction speed",
        [
            f"{len(files)} files, the fastest of {options.rounds} rounds.",
            f"Load of the machine at the start: {load:.1f}.",
            totals_table(found),
            files_table(found),
        ],
        command=f"python -m benchmarks.extract_speed --rounds {options.rounds} PDF …",
    )
    print(text)
    if not options.no_write:
        write_page("extract-speed", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
