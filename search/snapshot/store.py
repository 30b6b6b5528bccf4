"""Store: the snapshot files of an index's segments.

In:  the index's folder; a segment's name; what makes its snapshot anew where there is none.
Out: opened segments. A file that is missing, damaged or another segment's is made anew, with a
     line in the log; where the disk takes no file, the snapshot lives in memory.
Errors: none beside those of what makes a snapshot anew.

Small files are read whole at opening, large ones by their engine later on (`drop_if_damaged`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from pathlib import Path

import msgspec

from search.errors import DamagedSnapshotError
from search.snapshot.arrays import ArrayFile, open_arrays, write_arrays
from search.snapshot.building import About, Built
from search.snapshot.segment import Segment

ENDING = "-snapshot"  # with a full stop Whoosh would pack it into its segment's own file
LARGE_BYTES = 1 << 24

_log = logging.getLogger(__name__)
_decode_about = msgspec.json.Decoder(About).decode


def snapshot_path(folder: Path, segment: str) -> Path:
    """Return where a segment's snapshot lies."""
    return folder / f"{segment}{ENDING}"


def write_snapshot(folder: Path, segment: str, built: Built) -> None:
    """Write a segment's snapshot and read it back."""
    path = snapshot_path(folder, segment)
    write_arrays(path, segment, built.arrays, msgspec.json.encode(built.about))
    open_arrays(path, segment).check_body()


def open_segment(folder: Path, name: str, make: Callable[[], Built]) -> Segment:
    """Open a segment's snapshot; make it anew where it cannot be used."""
    try:
        return _opened(folder, name)
    except FileNotFoundError:
        _log.warning("%s: the snapshot of %s is missing; it is made anew", folder, name)
    except OSError as error:
        _log.warning("%s: the snapshot of %s cannot be read (%s)", folder, name, error)
    except DamagedSnapshotError as damage:
        _log.warning(
            "%s: the snapshot of %s cannot be used (%s); it is made anew", folder, name, damage
        )
    built = make()
    try:
        write_snapshot(folder, name, built)
        return _opened(folder, name)
    except (OSError, DamagedSnapshotError) as error:
        _log.warning("%s: the snapshot of %s cannot be kept (%s)", folder, name, error)
        return Segment(name, built.arrays, built.about)


def remove_others(folder: Path, segments: Collection[str]) -> None:
    """Remove the snapshots of other segments than these."""
    kept = {snapshot_path(folder, segment) for segment in segments}
    for path in folder.glob(f"[!.]*{ENDING}"):
        if path not in kept:
            path.unlink(missing_ok=True)


def check_snapshot(folder: Path, name: str) -> str:
    """Read a segment's snapshot whole; say what is wrong with it, "" where nothing is."""
    try:
        open_arrays(snapshot_path(folder, name), name).check_body()
    except FileNotFoundError:
        return "it is missing"
    except OSError as error:
        return f"it cannot be read ({error.strerror})"
    except DamagedSnapshotError as damage:
        return damage.what
    return ""


def drop_if_damaged(folder: Path, name: str) -> str:
    """Read a segment's snapshot whole; remove it if it is damaged, and say why."""
    path = snapshot_path(folder, name)
    what = check_snapshot(folder, name) if path.exists() else ""
    if what:
        path.unlink(missing_ok=True)
    return what


def _opened(folder: Path, name: str) -> Segment:
    file = open_arrays(snapshot_path(folder, name), name)
    is_large = len(file.body) > LARGE_BYTES
    if not is_large:
        file.check_body()
    return Segment(name, file.arrays, _about(file), is_unread=is_large)


def _about(file: ArrayFile) -> About:
    try:
        return _decode_about(file.about)
    except msgspec.DecodeError as error:
        raise DamagedSnapshotError("its note cannot be read") from error
