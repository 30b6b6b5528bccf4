"""Digests of records are known again while their files stay as they are, and only then."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from search.record_digests import SETTLED_NS, RecordDigests

GOOD, OTHER = b'{"a": 1}', b'{"b": 2}'
LONG_AGO = 1_600_000_000


def _record(folder: Path, data: bytes = GOOD, changed: float = LONG_AGO) -> Path:
    path = folder / "publications" / "one" / "record.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (changed, changed))
    return path


def _kept(folder: Path) -> RecordDigests:
    digests = RecordDigests(folder / "index" / "records.json")
    digests.of(_record(folder))
    digests.keep()
    return RecordDigests(folder / "index" / "records.json")


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_record_whose_file_is_as_it_was_is_not_read(tmp_path: Path) -> None:
    digests = _kept(tmp_path)
    assert digests.of(_record(tmp_path, OTHER)) == _sha256(GOOD)
    digests.forget(_record(tmp_path, OTHER))
    assert digests.of(_record(tmp_path, OTHER)) == _sha256(OTHER)


@pytest.mark.parametrize(
    ("data", "changed"), [(OTHER, LONG_AGO + 1), (b"", LONG_AGO), (GOOD + b" ", LONG_AGO)]
)
def test_a_record_that_changed_is_read_anew(tmp_path: Path, data: bytes, changed: float) -> None:
    digests = _kept(tmp_path)
    assert digests.of(_record(tmp_path, data, changed)) == _sha256(data)


def test_a_record_that_was_put_in_the_place_of_another_is_read_anew(tmp_path: Path) -> None:
    digests, beside = _kept(tmp_path), tmp_path / "beside"
    beside.write_bytes(OTHER)
    os.utime(beside, (LONG_AGO, LONG_AGO))
    path = tmp_path / "publications" / "one" / "record.json"
    beside.rename(path)
    assert digests.of(path) == _sha256(OTHER)


def test_what_was_just_written_is_remembered_for_nobody_else(tmp_path: Path) -> None:
    digests = RecordDigests(tmp_path / "records.json")
    record = _record(tmp_path)
    os.utime(record)
    assert digests.of(record) == _sha256(GOOD)
    digests.keep()
    assert not (tmp_path / "records.json").exists()
    assert SETTLED_NS > 2_000_000_000


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"one": 1}', b"\xff"])
def test_a_damaged_memory_counts_as_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "records.json").write_bytes(data)
    digests = RecordDigests(tmp_path / "records.json")
    assert digests.of(_record(tmp_path)) == _sha256(GOOD)
    assert digests.of(tmp_path / "publications" / "two" / "record.json") == ""


def test_where_nothing_can_be_written_records_are_read(tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(b"a file, not a folder")
    digests = RecordDigests(tmp_path / "index" / "records.json")
    assert digests.of(_record(tmp_path)) == _sha256(GOOD)
    digests.keep()
    assert (tmp_path / "index").is_file()


def test_one_look_tells_what_a_record_is_as_long_as_its_file_stays_as_it_was(
    tmp_path: Path,
) -> None:
    digests, record = _kept(tmp_path), _record(tmp_path)
    assert digests.is_known(str(record), "one", _sha256(GOOD))
    assert not digests.is_known(str(record), "one", _sha256(OTHER))
    assert not digests.is_known(str(record), "two", _sha256(GOOD))
    _record(tmp_path, GOOD, LONG_AGO + 1)
    assert not digests.is_known(str(record), "one", _sha256(GOOD))
    record.unlink()
    assert not digests.is_known(str(record), "one", _sha256(GOOD))
