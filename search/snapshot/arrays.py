"""Arrays: named numpy arrays in one file, mapped into memory.

In:  arrays by name, and a note (`about`) that travels with them; a path.
Out: the arrays as they were, read-only, without a copy: the pages of the file are the memory.
Errors: `DamagedSnapshotError` for a file that is not what it should be; it never leaves the room
     that opens snapshots, since a damaged one is made anew.

Layout: 8 bytes of name and version, the header's length and checksum, the header (JSON: segment,
size, checksum of the body, place of each array, about), then the arrays, each on a multiple of
`ALIGNMENT` bytes. The header is checked at opening; the body by `check_body`.
"""

from __future__ import annotations

import mmap
import os
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from search.errors import DamagedSnapshotError

Array = NDArray[np.generic]

MAGIC = b"CBSNAP\x00\x08"  # the last byte is the version of the layout
ALIGNMENT = 64
_START = struct.Struct("<8sII")  # magic, length of the header, checksum of the header
_CHUNK = 1 << 24


class _Place(Struct, frozen=True, array_like=True):
    """Where an array lies: its type, its first byte in the body, how many items."""

    dtype: str
    offset: int
    count: int


class _Header(Struct, frozen=True):
    segment: str
    body_bytes: int
    body_checksum: int
    arrays: dict[str, _Place]
    about: msgspec.Raw


@dataclass(frozen=True, slots=True)
class ArrayFile:
    """An opened file. `about` is JSON as it was given."""

    segment: str
    arrays: Mapping[str, Array]
    about: bytes
    body: memoryview
    checksum: int

    def check_body(self) -> None:
        """Read everything and compare it with the checksum."""
        found = 0
        for start in range(0, len(self.body), _CHUNK):
            found = zlib.crc32(self.body[start : start + _CHUNK], found)
        if found != self.checksum:
            raise DamagedSnapshotError("its contents do not agree with their checksum")


def write_arrays(path: Path, segment: str, arrays: Mapping[str, Array], about: bytes) -> None:
    """Write a file whole: beside its place, flushed to the disk, then renamed."""
    places, size, checksum = _placed(arrays)
    header = msgspec.json.encode(_Header(segment, size, checksum, places, msgspec.Raw(about)))
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(_START.pack(MAGIC, len(header), zlib.crc32(header)))
            file.write(header)
            file.write(bytes(-file.tell() % ALIGNMENT))
            for name, array in arrays.items():
                file.write(array.data)
                file.write(bytes(-array.nbytes % ALIGNMENT if places[name].count else 0))
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _placed(arrays: Mapping[str, Array]) -> tuple[dict[str, _Place], int, int]:
    """Return each array's place, the body's size and its checksum."""
    places: dict[str, _Place] = {}
    size = checksum = 0
    for name, array in arrays.items():
        places[name] = _Place(array.dtype.str, size, array.size)
        padding = bytes(-array.nbytes % ALIGNMENT)
        checksum = zlib.crc32(padding, zlib.crc32(array.data, checksum))
        size += array.nbytes + len(padding)
    return places, size, checksum


def open_arrays(path: Path, segment: str) -> ArrayFile:
    """Open a file, after a look at its header and its size."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size < _START.size:
            raise DamagedSnapshotError("it is empty or cut off")
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    magic, length, checksum = _START.unpack_from(mapped)
    if magic != MAGIC:
        raise DamagedSnapshotError("it was made by another version")
    text = mapped[_START.size : _START.size + length]
    if len(text) != length or zlib.crc32(text) != checksum:
        raise DamagedSnapshotError("its header does not agree with its checksum")
    header = msgspec.json.decode(text, type=_Header)
    begin = -(-(_START.size + length) // ALIGNMENT) * ALIGNMENT
    if header.segment != segment:
        raise DamagedSnapshotError("it belongs to another segment")
    if size != begin + header.body_bytes:
        raise DamagedSnapshotError("it has not the size that its header says")
    body = mapped[begin:]
    arrays = {name: _array(body, place) for name, place in header.arrays.items()}
    return ArrayFile(segment, arrays, bytes(header.about), body, header.body_checksum)


def _array(body: memoryview, place: _Place) -> Array:
    dtype = np.dtype(place.dtype)
    if not place.count:
        return np.empty(0, dtype)
    return np.frombuffer(body, dtype, place.count, place.offset)
