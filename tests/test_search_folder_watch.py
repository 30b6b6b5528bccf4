"""A folder watch: what changes is noticed, and what only just changed is not trusted."""

from __future__ import annotations

import os
import time
from pathlib import Path

from search.folder_watch import LOOK_S, FolderWatch


def _settled(folder: Path) -> FolderWatch:
    long_ago = time.time_ns() - 10**9
    os.utime(folder, ns=(long_ago, long_ago))
    watch = FolderWatch(str(folder))
    watch.keep(watch.marks())
    return watch


def _after_a_while(watch: FolderWatch) -> bool:
    until = time.monotonic() + LOOK_S * 2
    while time.monotonic() < until:
        pass
    return watch.is_unchanged()


def test_a_folder_at_rest_is_unchanged_until_something_is_put_into_it(tmp_path: Path) -> None:
    watch = _settled(tmp_path)
    assert watch.is_unchanged()
    assert _after_a_while(watch)
    (tmp_path / "new").touch()
    assert not _after_a_while(watch)


def test_nothing_is_known_of_a_folder_that_changed_just_now_or_is_missing(tmp_path: Path) -> None:
    (tmp_path / "new").touch()
    for folders in ([tmp_path], [tmp_path / "missing"]):
        watch = FolderWatch(*map(str, folders))
        assert not watch.is_unchanged()
        watch.keep(watch.marks())
        assert not watch.is_unchanged()


def test_what_was_known_can_be_forgotten(tmp_path: Path) -> None:
    watch = _settled(tmp_path)
    assert watch.is_unchanged()
    watch.forget()
    assert not watch.is_unchanged()


def test_a_look_that_is_taken_now_sees_at_once_what_was_put_into_a_folder(tmp_path: Path) -> None:
    watch = _settled(tmp_path)
    assert watch.is_unchanged()
    assert watch.is_as_kept()
    (tmp_path / "new").touch()
    assert not watch.is_as_kept()
