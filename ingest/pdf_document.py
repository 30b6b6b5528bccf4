"""Document: a PDF file → its catalog and its pages, with repairs where the file is damaged.

In:  the bytes of a file.
Out: an `OpenedPdf`: pages in order, None for a page that the file names but does not hold.
Errors: `EncryptedPdfError`; `NoPagesError` where no page can be found.
Source: ISO 32000-2, 7.5 and 7.7. When the ordinary way finds no page or misses some, the whole
        file is scanned for objects, as PDF viewers do.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pdfminer.pdfdocument import (
    PDFBaseXRef,
    PDFDocument,
    PDFEncryptionError,
    PDFNoValidXRef,
    PDFXRef,
    PDFXRefStream,
)
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream
from pdfminer.psparser import KWD, LIT, PSBaseParserToken, PSKeyword, PSLiteral

from ingest.errors import EncryptedPdfError, NoPagesError, PageStopError
from ingest.pdf_objects import as_dict, as_int, as_list, as_name, fetch_object, resolve
from ingest.pdf_packed import read_packed

MAX_PAGES = 20_000
MAX_NODES = 100_000
MAX_TABLES = 10_000
MAX_OBJECTS = 2_000_000
INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
OBJECT_START = re.compile(rb"(?<![0-9])(\d{1,10})[\s\0]+(\d{1,5})[\s\0]+obj\b")
CATALOG = re.compile(rb"/Type[\s\0]*/Catalog\b")
STREAM_END = re.compile(rb"[\r\n]*endstream")

Attributes = dict[str, object]


@dataclass(frozen=True, slots=True)
class PageNode:
    """A page of the tree with what it inherits."""

    object_id: int  # 0 where the page is no object of its own
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """A document and its pages in order."""

    document: PDFDocument
    pages: tuple[PageNode | None, ...]

    @property
    def missing(self) -> int:
        """How many pages the file names but does not hold."""
        return sum(page is None for page in self.pages)


def open_pdf(data: bytes, *, scan_only: bool = False) -> OpenedPdf:
    """Open a PDF the ordinary way, and by scanning where that finds less."""
    opened = None if scan_only else _try_open(TolerantDocument, data)
    if opened is None or not opened.pages or opened.missing:
        scanned = _try_open(ScannedDocument, data)
        if scanned is not None and _readable(scanned) > _readable(opened):
            opened = scanned
    if opened is None or not _readable(opened):
        raise NoPagesError("no page can be found")
    return _with_all_promised(opened) if opened.missing else opened


def _with_all_promised(opened: OpenedPdf) -> OpenedPdf:
    """Name the pages that a damaged tree promises beyond those that it lists."""
    count = as_int(as_dict(resolve_catalog(opened).get("Pages")).get("Count"))
    more = count - len(opened.pages) if count <= MAX_PAGES else 0
    return OpenedPdf(opened.document, opened.pages + (None,) * max(0, more))


def _readable(opened: OpenedPdf | None) -> int:
    return len(opened.pages) - opened.missing if opened else 0


def _try_open(kind: type[TolerantDocument], data: bytes) -> OpenedPdf | None:
    try:
        document = kind(data)
        return OpenedPdf(document, tuple(document.find_pages()))
    except PDFEncryptionError as error:
        raise EncryptedPdfError("the file is encrypted") from error
    except (MemoryError, PageStopError):
        raise
    except Exception:  # noqa: BLE001  # the file decides what pdfminer stumbles over
        return None


class TolerantParser(PDFParser):
    """pdfminer's parser with its own reading of streams, for lengths that are wrong."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self.data = data
        self.nested = 0

    def _add_token(self, obj: PSBaseParserToken) -> None:
        """Take a token; a NUL byte is white space and ends a name or keyword."""
        if isinstance(obj, PSLiteral) and isinstance(obj.name, str) and "\0" in obj.name:
            obj = LIT(obj.name.partition("\0")[0])
        elif isinstance(obj, PSKeyword) and b"\0" in obj.name:
            obj = KWD(obj.name.partition(b"\0")[0])
        super()._add_token(obj)

    def do_keyword(self, pos: int, token: PSKeyword) -> None:
        """Read a stream by its length if `endstream` follows there, else up to `endstream`."""
        if token is not self.KEYWORD_STREAM or not self.curstack:
            super().do_keyword(pos, token)
            return
        ((_, attributes),) = self.pop(1)
        attributes = attributes if isinstance(attributes, dict) else {}
        start = self._data_start(pos)
        end = self._data_end(start, attributes)
        self.seek(end)
        decipher = self.doc.decipher if self.doc else None
        self.push((pos, PDFStream(attributes, self.data[start:end], decipher)))

    def _data_start(self, pos: int) -> int:
        start = pos + len(b"stream")
        if self.data[start : start + 2] == b"\r\n":
            return start + 2
        return start + 1 if self.data[start : start + 1] in {b"\r", b"\n"} else start

    def _data_end(self, start: int, attributes: Mapping[str, object]) -> int:
        length = self._length(attributes)
        if length >= 0 and STREAM_END.match(self.data, start + length):
            return start + length
        found = STREAM_END.search(self.data, start)
        return found.start() if found else len(self.data)

    def _length(self, attributes: Mapping[str, object]) -> int:
        if self.nested:  # the length of a stream lies in a stream: a circle, or nonsense
            return -1
        self.nested += 1
        try:
            return as_int(attributes.get("Length"), -1)
        finally:
            self.nested -= 1


class TolerantDocument(PDFDocument):
    """pdfminer's document, with cross-reference tables read one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        super().__init__(TolerantParser(data))

    def read_xref_from(self, parser: PDFParser, start: int, xrefs: list[PDFBaseXRef]) -> None:
        """Read the table at `start` and those that it names, each once."""
        waiting, seen = [start], set[int]()
        while waiting and len(seen) < MAX_TABLES:
            position = waiting.pop()
            if position in seen or not 0 <= position < len(self.data):
                continue
            seen.add(position)
            table = _read_table(parser, position)
            xrefs.append(table)
            trailer = table.get_trailer()
            waiting += [as_int(trailer[k], -1) for k in ("Prev", "XRefStm") if k in trailer]
        if not xrefs:
            raise PDFNoValidXRef("no cross-reference table")

    def _get_objects(self, stream: PDFStream) -> tuple[list[object], int]:
        """Read all objects of an object stream, which is where most of a file's objects are."""
        found = read_packed(stream.get_data(), self)
        return super()._get_objects(stream) if found is None else (found, as_int(stream.get("N")))

    def find_pages(self) -> Iterator[PageNode | None]:
        """Find the pages in order."""
        return walk_pages(self.catalog.get("Pages"))


def _read_table(parser: PDFParser, position: int) -> PDFBaseXRef:
    parser.seek(position)
    parser.reset()
    try:
        found, token = parser.nexttoken()
        table = PDFXRefStream() if isinstance(token, int) else PDFXRef()
        if isinstance(token, int):
            parser.seek(found)
            parser.reset()
        elif token is parser.KEYWORD_XREF:
            parser.nextline()
        table.load(parser)
    except (MemoryError, PageStopError):
        raise
    except Exception as error:
        raise PDFNoValidXRef("the cross-reference table is damaged") from error
    return table


class ScannedDocument(TolerantDocument):
    """A document whose objects are found by looking for them in the whole file."""

    def find_xref(self, parser: PDFParser) -> int:  # noqa: ARG002
        """Name the start of the file: there is no table to find."""
        return 0

    def read_xref_from(self, parser: PDFParser, start: int, xrefs: list[PDFBaseXRef]) -> None:  # noqa: ARG002
        """Make one table of all objects in the file, the newest of each number."""
        table = PDFXRef()
        xrefs.append(table)
        starts = list(OBJECT_START.finditer(self.data))[-MAX_OBJECTS:]
        for found in starts:
            table.offsets[int(found[1])] = (None, found.start(), int(found[2]))
        table.trailer = self._trailer()
        for object_id in list(table.offsets):
            self._add_packed(table, object_id)
        if not as_dict(table.trailer.get("Root")).get("Pages"):
            table.trailer["Root"] = self._catalog(table)

    def _trailer(self) -> Attributes:
        trailer: Attributes = {}
        for found in re.finditer(rb"trailer[\s\0]*(?=<<)", self.data):
            parser = TolerantParser(self.data)
            parser.set_document(self)
            try:
                parser.seek(found.end())
                trailer.update(as_dict(parser.nextobject()[1]))
            except Exception:  # noqa: BLE001, S112  # a damaged trailer says nothing
                continue
        return trailer

    def _add_packed(self, table: PDFXRef, object_id: int) -> None:
        """Add the objects packed in an object stream, unless they stand in the file itself."""
        start = table.offsets[object_id][1]
        head = self.data[start : start + 400]
        if b"/ObjStm" not in head and b"/XRef" not in head:
            return
        stream = fetch_object(self, object_id)
        if not isinstance(stream, PDFStream):
            return
        if as_name(stream.get("Type")) == "XRef":
            table.trailer.update({k: v for k, v in stream.attrs.items() if k in TRAILER_KEYS})
            return
        numbers = stream.get_data()[: max(0, as_int(stream.get("First")))].split()
        for index, number in enumerate(numbers[::2][: as_int(stream.get("N"))]):
            if number.isdigit():
                table.offsets.setdefault(int(number), (object_id, index, 0))

    def _catalog(self, table: PDFXRef) -> object:
        for object_id, (packed, start, _) in reversed(table.offsets.items()):
            if packed is None and not CATALOG.search(self.data, start, start + 2000):
                continue
            if as_name(as_dict(fetch_object(self, object_id)).get("Type")) == "Catalog":
                return PDFObjRef(self, object_id)
        return {}

    def find_pages(self) -> Iterator[PageNode | None]:
        """Find the pages by the tree, else all page objects in the order of the file."""
        pages = list(super().find_pages())
        if any(page is not None for page in pages):
            yield from pages
            return
        (table,) = self.xrefs
        for object_id in list(table.get_objids())[:MAX_NODES]:
            attributes = as_dict(fetch_object(self, object_id))
            if as_name(attributes.get("Type")) == "Page":
                yield PageNode(object_id, attributes)
        yield None  # without the tree nobody knows whether these are all


TRAILER_KEYS = {"Root", "Info", "Encrypt", "ID"}


def walk_pages(root: object) -> Iterator[PageNode | None]:
    """Walk the page tree without recursion; inner nodes are entered once."""
    waiting: list[tuple[object, Attributes]] = [(root, {})]
    seen: set[int] = set()
    found = nodes = 0
    while waiting and found < MAX_PAGES and nodes < MAX_NODES:
        nodes += 1
        reference, inherited = waiting.pop()
        attributes = as_dict(reference)
        object_id = reference.objid if isinstance(reference, PDFObjRef) else 0
        handed_on = {k: v for k, v in (inherited | attributes).items() if k in INHERITED}
        if "Kids" in attributes:
            if object_id not in seen:
                kids = as_list(attributes["Kids"])[:MAX_NODES]
                waiting += [(kid, handed_on) for kid in reversed(kids)]
            seen.add(object_id or -nodes)
        elif reference is not root:
            found += 1
            yield PageNode(object_id, inherited | attributes) if _is_page(attributes) else None


def _is_page(attributes: Attributes) -> bool:
    kind = as_name(attributes.get("Type"))
    return kind == "Page" or (not kind and bool({"Contents", "MediaBox"} & attributes.keys()))


def resolve_catalog(opened: OpenedPdf) -> Attributes:
    """Look up the catalog."""
    return as_dict(resolve(opened.document.catalog))
