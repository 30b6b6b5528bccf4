from __future__ import annotations

from pathlib import Path

from ingest.ledger import LEDGER, Entry, Ledger

ENTRY = Entry("0" * 64, "a-book")


def test_what_was_noted_is_known_when_it_is_read_again(tmp_path: Path) -> None:
    for name in ("plain.pdf", "bad\udcff.pdf"):
        (tmp_path / name).touch()
        ledger = Ledger(tmp_path)
        ledger.put(tmp_path / name, ENTRY)
        ledger.save()
        assert Ledger(tmp_path).get(tmp_path / name) == ENTRY
        assert not Ledger(tmp_path).gone(tmp_path)


def test_a_file_has_gone_from_its_own_folder_only(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.put(tmp_path / "docs" / "a b%.pdf", ENTRY)
    assert not ledger.gone(tmp_path)
    assert ledger.gone(tmp_path / "docs") == {tmp_path / "docs" / "a b%.pdf": ENTRY}
    ledger.forget(tmp_path / "docs" / "a b%.pdf")
    assert not ledger.gone(tmp_path / "docs")


def test_a_publication_is_held_by_any_file_that_is_still_there(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.put(tmp_path / "gone.pdf", ENTRY)
    assert not ledger.holds("a-book")
    (tmp_path / "moved.pdf").touch()
    ledger.put(tmp_path / "moved.pdf", ENTRY)
    assert ledger.holds("a-book")


def test_a_damaged_ledger_counts_as_empty(tmp_path: Path) -> None:
    (tmp_path / LEDGER).write_bytes(b"\xff{")
    assert Ledger(tmp_path).get(tmp_path / "a.pdf") is None


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    Ledger(tmp_path).save()
    assert not (tmp_path / LEDGER).exists()
