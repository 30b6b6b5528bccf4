"""Streams: a page node → what `pdf_pages` needs, its content inflated within bounds.

In:  a page of the tree.
Out: a `PageSource`: box, turn, resources, content streams; damage said.
Errors: none.
"""

from __future__ import annotations

import re
import struct
import zlib

from pdfminer.pdftypes import PDFStream

from ingest.pdf_document import PageNode
from ingest.pdf_objects import as_box, as_dict, as_int, as_list, as_name, resolve
from ingest.pdf_pages import PageSource

LETTER = (0.0, 0.0, 612.0, 792.0)
MIN_SIDE_PT, MAX_SIDE_PT = 10.0, 20_000.0
MAX_STREAM_BYTES = 64 << 20
MAX_FILTERS = 8
FLATE = {"FlateDecode", "Fl"}
ASCII85 = {"ASCII85Decode", "A85"}
GROUP = 5  # signs of ASCII85 make four bytes
ZERO = 33 * (85**4 + 85**3 + 85**2 + 85 + 1)  # what "!!!!!", which means 0, adds up to
STEP_BYTES, CHECKSUM_BYTES = 4, 4
DAMAGED = "its content is damaged"
ODD_ASCII85 = re.compile(rb"[^!-u]")


def page_source(node: PageNode) -> PageSource:
    """Gather what a page is drawn from."""
    attributes = node.attributes
    streams, damage = _contents(attributes.get("Contents"))
    turn = as_int(attributes.get("Rotate")) % 360
    return PageSource(
        as_dict(attributes.get("Resources")),
        tuple(streams),
        _visible_box(attributes),
        turn if turn in {0, 90, 180, 270} else 0,
        damage,
    )


def _visible_box(attributes: dict[str, object]) -> tuple[float, float, float, float]:
    media = as_box(attributes.get("MediaBox")) or LETTER
    media = media if _is_sane(media) else LETTER
    crop = as_box(attributes.get("CropBox")) or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    visible = (left, bottom, right, top)
    return visible if _is_sane(visible) else media


def _is_sane(box: tuple[float, float, float, float]) -> bool:
    sides = box[2] - box[0], box[3] - box[1]
    return all(MIN_SIDE_PT <= side <= MAX_SIDE_PT for side in sides)


def _contents(value: object) -> tuple[list[PDFStream], str]:
    if value is None:
        return [], ""
    parts = as_list(value) or [value]
    found = [resolve(part) for part in parts]
    streams = [stream for stream in found if isinstance(stream, PDFStream)]
    damage = "" if streams else "its content is missing"
    readable = []
    for stream in streams:
        problem = inflate(stream)
        damage = problem or damage
        if stream.data is not None or not problem:
            readable.append(stream)
    return readable, damage


def inflate(stream: PDFStream) -> str:
    """Decode a content stream within bounds; say what was lost, "" for nothing."""
    if stream.data is not None:
        return ""
    filters = [as_name(name) for name, _ in _filters(stream)]
    if len(filters) > MAX_FILTERS:
        return "its content is packed in more layers than can be undone"
    plain = not stream.get_any(("DP", "DecodeParms"))
    packed = filters[1:] if filters[:1] and filters[0] in ASCII85 else filters
    if not filters or set(packed) - FLATE or not plain:
        return _decode(stream)
    data = stream.rawdata or b""
    if stream.decipher and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    problem = ""
    if len(packed) < len(filters):
        data, problem = _from_ascii85(data)
    for _ in packed:
        data, problem = _inflate(data, problem)
    stream.data = data
    return problem


def _from_ascii85(data: bytes) -> tuple[bytes, str]:
    """Decode up to a group that cannot be."""
    signs = data.lstrip().removeprefix(b"<~").partition(b"~")[0]
    signs = b"".join(signs.split()).replace(b"z", b"!!!!!")
    fill = -len(signs) % GROUP
    digits = signs + b"u" * fill
    problem = DAMAGED if ODD_ASCII85.search(digits) else ""
    groups = zip(*(iter(digits),) * GROUP, strict=True)
    values = [
        (a * 52200625 + b * 614125 + c * 7225 + d * 85 + e - ZERO) & 0xFFFFFFFF
        for a, b, c, d, e in groups
    ]
    packed = struct.pack(f">{len(values)}I", *values)
    return packed[: len(packed) - fill], problem


def _filters(stream: PDFStream) -> list[tuple[object, object]]:
    try:
        return stream.get_filters()
    except (TypeError, ValueError, AttributeError):
        return []


def _decode(stream: PDFStream) -> str:
    try:
        size = len(stream.get_data())
    except MemoryError:
        return "its content does not fit into memory"
    except Exception:  # noqa: BLE001  # a filter of the file's choosing
        return "its content is packed in a way that cannot be undone"
    return "" if size <= MAX_STREAM_BYTES else _too_large(stream)


def _too_large(stream: PDFStream) -> str:
    stream.data = None
    return "its content is larger than any page's"


def _inflate(data: bytes, problem: str) -> tuple[bytes, str]:
    """Inflate; where the data break off or are noise, as far as they go."""
    inflater = zlib.decompressobj()
    pieces: list[bytes] = []
    left, room = data, MAX_STREAM_BYTES
    try:
        while left and room > 0 and not inflater.eof:
            pieces.append(inflater.decompress(left, min(room, 1 << 20)))
            room -= len(pieces[-1])
            left = inflater.unconsumed_tail
    except zlib.error:
        return _inflate_broken(data, problem)
    if room <= 0:
        return b"", "its content is larger than any page's"
    pieces.append(inflater.flush())
    return b"".join(pieces), problem


def _inflate_broken(data: bytes, problem: str) -> tuple[bytes, str]:
    """Inflate in small steps up to the break; a wrong checksum at the end loses nothing."""
    inflater = zlib.decompressobj()
    pieces: list[bytes] = []
    for start in range(0, len(data), STEP_BYTES):
        try:
            pieces.append(inflater.decompress(data[start : start + STEP_BYTES], 1 << 16))
        except zlib.error:
            lost = len(data) - start > STEP_BYTES + CHECKSUM_BYTES or not pieces
            return b"".join(pieces), (problem or DAMAGED) if lost else problem
    return b"".join(pieces), problem
