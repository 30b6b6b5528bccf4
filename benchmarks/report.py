"""Report: what the benchmarks write down, and what every such page has to say.

In:  a title, paragraphs and tables; the command that repeats it.
Out: Markdown in benchmarks/results/, closed by machine, versions, date and command.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"

_PROCESSOR = Path("/proc/cpuinfo")
_MEMORY = Path("/proc/meminfo")


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; numbers are given as text."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def machine() -> str:
    """Return processor, cores, memory and system in one line."""
    memory = _first_value(_MEMORY, "MemTotal").removesuffix(" kB")
    size = f", {int(memory) / 1e6:.0f} GB of memory" if memory.isdigit() else ""
    processor = _first_value(_PROCESSOR, "model name") or platform.processor() or "unknown"
    return (
        f"{processor}, {os.cpu_count()} cores{size}; {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def versions(*packages: str) -> str:
    """Return the versions of the packages that are installed."""
    found = []
    for name in packages:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return ", ".join(found)


def page(title: str, parts: Iterable[str], *, command: str, with_versions: str = "") -> str:
    """Return a whole page."""
    day = datetime.now(UTC).date().isoformat()
    facts = f"Measured on {day}: {machine()}" + (f"; {with_versions}" if with_versions else "")
    body = "\n\n".join(part for part in parts if part)
    return f"# {title}\n\n{body}\n\n{facts}.\n\nTo repeat it: `{command}`\n"


def write_page(name: str, text: str) -> Path:
    """Write a page of results; return where it is."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    file = RESULTS / f"{name}.md"
    file.write_text(text, encoding="utf-8")
    return file


def _first_value(file: Path, key: str) -> str:
    if not file.is_file():
        return ""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")
