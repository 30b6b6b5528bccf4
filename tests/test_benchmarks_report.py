"""Every page of results says where, when and how it was measured."""

from __future__ import annotations

import platform
from datetime import UTC, datetime

from benchmarks.report import machine, page, table, versions


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [(1, "x")]) == "| a | b |\n| --- | --- |\n| 1 | x |"


def test_a_page_has_machine_date_and_command() -> None:
    text = page("Speed", ["One.", "", "Two."], command="make bench", with_versions="x 1")
    assert text.startswith("# Speed\n\nOne.\n\nTwo.\n\nMeasured on ")
    assert datetime.now(UTC).date().isoformat()[:4] in text
    assert "; x 1." in text
    assert text.endswith("To repeat it: `make bench`\n")


def test_the_machine_is_named_by_cores_and_python() -> None:
    assert "cores" in machine()
    assert platform.python_version() in machine()


def test_what_is_not_installed_has_no_version() -> None:
    assert versions("msgspec", "no-such-package").startswith("msgspec ")
