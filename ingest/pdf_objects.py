"""Objects: looking at the pieces of a PDF without falling into its traps.

In:  whatever a dictionary of the file holds.
Out: the thing itself, a plain empty value where it is missing or of another kind.
Errors: none; a reference that leads nowhere or in a circle is None.
"""

from __future__ import annotations

import math

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pdfminer.psparser import PSLiteral

from ingest.errors import PageStopError
from ingest.letters import clean_letters

MAX_HOPS = 20
PDF_DOC_ENCODING = "cp1252"  # near enough to PDFDocEncoding for titles and labels


def resolve(value: object) -> object:
    """Follow references to the object they mean."""
    for _ in range(MAX_HOPS):
        if not isinstance(value, PDFObjRef):
            return value
        value = fetch_object(value.doc, value.objid)
    return None


def fetch_object(document: PDFDocument | None, object_id: int) -> object:
    """Fetch an object by its number; None where the file has none that can be read."""
    if document is None:
        return None
    try:
        return document.getobj(object_id)
    except PageStopError:
        raise
    except Exception:  # noqa: BLE001  # the file decides what pdfminer stumbles over
        return None


def as_dict(value: object) -> dict[str, object]:
    """Resolve to a dictionary, a stream's own included; empty where it is none."""
    found = resolve(value)
    if isinstance(found, PDFStream):
        return found.attrs
    return found if isinstance(found, dict) else {}


def as_list(value: object) -> list[object]:
    """Resolve to an array; empty where it is none."""
    found = resolve(value)
    return found if isinstance(found, list) else []


def as_int(value: object, default: int = 0) -> int:
    """Resolve to a whole number."""
    found = resolve(value)
    if isinstance(found, int | float) and math.isfinite(found):
        return int(found)
    return default


def as_name(value: object) -> str:
    """Resolve to a name; "" where it is none."""
    found = resolve(value)
    if not isinstance(found, PSLiteral):
        return ""
    return found.name if isinstance(found.name, str) else found.name.decode("latin-1")


def as_text(value: object, max_length: int = 300) -> str:
    """Resolve to one clean line of text; "" where it is no string."""
    found = resolve(value)
    if not isinstance(found, bytes):
        return ""
    return " ".join(clean_letters(decode_string(found[: 8 * max_length])).split())[:max_length]


def decode_string(raw: bytes) -> str:
    """Decode a text string: UTF-16 or UTF-8 by its mark, else the PDF's own encoding."""
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace")
    if raw.startswith(b"\xff\xfe"):
        return raw[2:].decode("utf-16-le", "replace")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", "replace")
    return raw.decode(PDF_DOC_ENCODING, "replace")


def as_box(value: object) -> tuple[float, float, float, float] | None:
    """Resolve to a rectangle with its corners in order; None where it is none."""
    numbers = [resolve(number) for number in as_list(value)]
    floats = [float(n) for n in numbers if isinstance(n, int | float) and math.isfinite(n)]
    if len(floats) != 4 or len(numbers) != 4:  # noqa: PLR2004
        return None
    left, right = sorted((floats[0], floats[2]))
    bottom, top = sorted((floats[1], floats[3]))
    return left, bottom, right, top
