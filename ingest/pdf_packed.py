"""Packed objects: the text of an object stream → objects, at once.

In:  the inflated bytes of an object stream, the document that references lead into.
Out: its objects one after the other as pdfminer's parser gives them, the numbers of its head
     included; None for bytes that are not plainly what a program writes, which are pdfminer's.
Errors: none.
Source: ISO 32000-2, 7.3 and 7.5.7.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pdfminer.pdftypes import PDFObjRef
from pdfminer.psparser import LIT, PSLiteral

from ingest.pdf_lexer import HEX, NAME, STRING, read_operand

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

MAX_DEPTH = 50
TOKEN = re.compile(
    rb"[\s\0]*+(?:(?P<reference>\d{1,9}+[ \r\n]\d{1,5}+[ \r\n]R(?=[\s/\[\]<>()]|\Z))"
    rb"|(?P<number>[+-]?+\d{1,18}+(?![\d.])|[+-]?+(?:\d{1,18}+\.\d{0,18}+|\.\d{1,18}+)(?![\d.]))"
    rb"|(?P<name>%b)|(?P<string>%b|(?!<<)%b)|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|(?P<word>true|false|null)(?=[\s/\[\]<>()]|\Z)|(?P<end>\Z))" % (NAME, STRING, HEX),
    re.DOTALL,
)
WORDS = {b"true": True, b"false": False, b"null": None}
OPENS = {b"]": b"[", b">>": b"<<"}


def read_packed(data: bytes, document: PDFDocument) -> list[object] | None:
    """Read all objects of an object stream; None where that is not to be trusted."""
    values: list[object] = []
    around: list[tuple[bytes, list[object]]] = []
    position = 0
    while (found := TOKEN.match(data, position)) is not None:
        position = found.end()
        kind, token = found.lastgroup or "", found[found.lastgroup or 0]
        if kind == "end":
            return None if around else values
        if kind == "open":
            if len(around) >= MAX_DEPTH:
                return None
            around.append((token, values))
            values = []
        elif kind == "close":
            if not around or around[-1][0] != OPENS[token]:
                return None
            inner, values = values, around.pop()[1]
            closed = inner if token == b"]" else _dictionary(inner)
            if closed is None:
                return None
            values.append(closed)
        else:
            values.append(_value(kind, token, document))
    return None


def _value(kind: str, token: bytes, document: PDFDocument) -> object:
    if kind == "reference":
        return PDFObjRef(document, int(token.split()[0]))
    if kind == "number":
        return float(token) if b"." in token else int(token)
    if kind == "word":
        return WORDS[token]
    value = read_operand(token)
    return LIT(value.name) if isinstance(value, PSLiteral) else value


def _dictionary(values: list[object]) -> dict[object, object] | None:
    keys = values[::2]
    if len(values) % 2 or not all(isinstance(key, PSLiteral) for key in keys):
        return None
    pairs = zip(keys, values[1::2], strict=True)
    return {_plain(key): value for key, value in pairs if value is not None}


def _plain(key: object) -> object:
    return key.name if isinstance(key, PSLiteral) else key
