"""Lexer: the bytes of a content stream → operators with their operands.

In:  the bytes; the names of operators that nobody asks about.
Out: one (operator, operands) after the other. Operands are numbers, strings as bytes, names as
     pdfminer's `PSLiteral`, lists, dictionaries, booleans, None; an inline image is its `EI` with
     its dictionary, its data are passed over.
Errors: `PageStopError` where brackets open without end. Nothing else, whatever the bytes: what
     cannot be read is passed over.
Source: ISO 32000-2, 7.2, 7.3, 7.8.2 and 8.9.7.

Two ways lead through a stream. Nearly all of it is matched statement by statement, operands and
operator at once, by one expression that never backtracks into what it has taken; operands are
looked at only where the operator is wanted, and what shows nothing is passed over. Where that
fails (white space of NUL bytes, nested brackets, inline images, rubbish), `_Cursor` goes on token
by token up to the next operator. So every byte is looked at a bounded number of times.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Collection, Generator, Iterator

from pdfminer.psparser import PSLiteral

from ingest.errors import PageStopError

MAX_DEPTH = 100  # of brackets within brackets
MAX_OPERANDS = 64  # no operator takes more
MAX_KNOWN, MAX_KNOWN_LENGTH = 20_000, 50
MAX_DIGITS = 300  # a number of more has no place on a page

# `++`, `*+` and `(?>…)` take all they can and never give back: no input makes these slow. A group
# is never repeated with `++` or `*+`: before 3.11.5 Python matches that wrongly
# (python/cpython#106052), and Debian 12 has 3.11.2.
BLANK = rb"(?>(?:[ \t\n\r\f\v]++|%[^\r\n]*+)*)"
NUMBER = rb"[+-]?+(?:[0-9]{1,30}+(?>(?:\.[0-9]{0,30}+)?)|\.[0-9]{1,30}+)(?![0-9])"
WORD = rb"[A-Za-z][^\0\s#/%\[\]()<>{}]*+"
NAME = rb"/[^\0\s/%\[\]()<>{}]*+"
STRING = rb"\((?>(?:[^()\\]++|\\.|\((?>(?:[^()\\]++|\\.)*)\))*)\)"
HEX = rb"<[0-9A-Fa-f\s]*+>"
ITEM = rb"%b|%b|%b|%b" % (NUMBER, STRING, HEX, NAME)
ARRAY = rb"\[(?>(?:\s++|%b)*)\]" % ITEM
DICTIONARY = rb"<<[^\0<>()%%\[\]{}]*+>>" % ()
OPERATOR = rb"%b|['\"]" % WORD

# The last branch takes nothing: it marks the place where the quick way ends.
STATEMENT = re.compile(
    rb"%b(?:((?>(?:%b[ \t\n\r\f\v]++)*))(%b)|((?>(?:\s++|%b|%b|%b)*))(%b)|)"
    % (BLANK, NUMBER, OPERATOR, ITEM, ARRAY, DICTIONARY, OPERATOR),
    re.DOTALL,
)
# What shows nothing is passed over at once: the rest of a path that is merely stroked, of which
# the last operator counts, and the rest of a state that is restored before anything was shown.
UNSEEN = rb"(?>(?:\s++(?>(?:(?:%b)\s++)*)(?:%b)(?=\s))*)(?:\s++(%b)(?=\s))?"
STROKED = re.compile(UNSEEN % (NUMBER, rb"[mlcvyh]|re|W\*?", rb"[Ssn]"))
RESTORED = re.compile(
    UNSEEN
    % (
        rb"%b|%b|\[[-+.0-9\s]*+\]" % (NUMBER, NAME),
        rb"cm|[mlcvyhSsnwJjMdiGgKk]|re|W\*?|ri|gs|RG|rg|CS|cs|SCN?|scn?",
        rb"Q",
    )
)
RESTORE = b"Q"
PASSED = {b"m": STROKED, b"q": RESTORED}
OPERAND = re.compile(rb"%b|%b|%b" % (ITEM, ARRAY, DICTIONARY), re.DOTALL)
ARRAY_ITEM = re.compile(ITEM, re.DOTALL)
TOKEN = re.compile(
    rb"(?:[\0\s]++|%%[^\r\n]*+)"
    rb"|(?P<number>(?=[0-9.+-])[+-]?+[0-9]*+(?>(?:\.[0-9]*+)?))"
    rb"|(?P<name>%b)|(?P<word>%b)|(?P<string>\()"
    rb"|(?P<open><<|[\[{])|(?P<hex><[0-9A-Fa-f\0\s]*+>?+)|(?P<close>>>|[\]}])"
    rb"|(?P<quote>['\"])|." % (NAME, WORD),
    re.DOTALL,
)
DEEPER = {b"(": 1, b")": -1}
PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r\n|(.)|$)", re.DOTALL)
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b""}
NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{1,2})?")
# What follows an inline image is text again: bytes that merely look like `EI` pass for data.
IMAGE_END = re.compile(rb"EI(?=[\0\s](?:[\0\s -~]{10}|[\0\s -~]{0,9}+\Z)|\Z)")
ASCII85_IMAGE_END = re.compile(rb"~>[\0\s]*+EI(?=[\0\s]|\Z)")
ASCII85 = {"ASCII85Decode", "A85"}
CONSTANTS = {b"true": True, b"false": False, b"null": None}
BEGIN_IMAGE, IMAGE_DATA, IMAGE = b"BI", b"ID", b"EI"
CLOSERS = {b"]": b"[", b">>": b"<<", b"}": b"{", IMAGE_DATA: BEGIN_IMAGE}
BY_TOKEN = {BEGIN_IMAGE, *CONSTANTS}  # words that are no plain operators
LEFT_PARENTHESIS, LESS, LEFT_BRACKET, SOLIDUS = b"(<[/"

Operation = tuple[bytes, list[object]]


def read_operations(data: bytes, ignored: Collection[bytes] = ()) -> Iterator[Operation]:
    """Read what a content stream does; operators among `ignored` are passed over."""
    position = 0
    while position < len(data):
        position = yield from _read_statements(data, position, ignored)
        cursor = _Cursor(data, position)
        operation = cursor.next_operation()
        position = cursor.position
        if operation is not None and operation[0] not in ignored:
            yield operation


def _read_statements(
    data: bytes, position: int, ignored: Collection[bytes]
) -> Generator[Operation, None, int]:
    """Read as far as the quick way leads; return where it ends."""
    beyond = position  # up to here it has been looked for what shows nothing
    while position < len(data):
        for found in STATEMENT.finditer(data, position):
            numbers, operator, others, last = found.groups()
            operator = operator or last
            if operator in ignored:
                continue
            if operator is None or operator in BY_TOKEN or (others and b"<<" in others):
                return found.start()
            if operator in PASSED and found.end() > beyond:
                beyond, passed = _pass_over(PASSED[operator], data, found.end())
                if passed is not None:
                    yield from passed
                    break
            yield operator, _operands(numbers, others)
        else:
            return len(data)
        position = beyond
    return len(data)


def _pass_over(
    rest: re.Pattern[bytes], data: bytes, position: int
) -> tuple[int, list[Operation] | None]:
    """Pass over what shows nothing; return where it ends and what is left of it, None for all."""
    found = rest.match(data, position)
    if found is None or not found[1]:
        return (found.end() if found else position), None
    return found.end(), [(found[1], [])] if found[1] != RESTORE else []


def _operands(numbers: bytes | None, others: bytes | None) -> list[object]:
    if others is None:
        return [*map(float, (numbers or b"").split())]
    if others[0] == LEFT_BRACKET and b"]" not in others.rstrip()[:-1]:
        return [_array(others)]
    return [*map(KNOWN.__getitem__, OPERAND.findall(others))]


class _Known(dict[bytes, object]):
    """What tokens mean; most come back again and again. Arrays alone are made anew each time."""

    def __missing__(self, token: bytes) -> object:
        if token[0] == LEFT_BRACKET:
            return _array(token)
        value = read_operand(token)
        if len(token) <= MAX_KNOWN_LENGTH:
            if len(self) >= MAX_KNOWN:
                self.clear()
            self[token] = value
        return value


KNOWN = _Known()


def _array(token: bytes) -> list[object]:
    return [*map(KNOWN.__getitem__, ARRAY_ITEM.findall(token))]


def read_operand(token: bytes) -> object:
    """Read a number, a string or a name."""
    first = token[0]
    if first == LEFT_PARENTHESIS:
        return _string(token[1:-1])
    if first == LESS:
        return _hex_string(token[1:-1])
    return _name(token) if first == SOLIDUS else float(token)


def _string(raw: bytes) -> bytes:
    return ESCAPE.sub(_unescaped, raw) if b"\\" in raw else raw


def _unescaped(found: re.Match[bytes]) -> bytes:
    octal, sign = found.groups()
    if octal is not None:
        return bytes((int(octal, 8) & 0xFF,))
    return ESCAPED.get(sign, sign) if sign else b""


def _hex_string(raw: bytes) -> bytes:
    try:
        return unhexlify(raw)
    except ValueError:
        digits = b"".join(raw.replace(b"\0", b" ").split())
        return unhexlify(digits + b"0" * (len(digits) % 2))


def _name(raw: bytes) -> PSLiteral:
    name = NAME_ESCAPE.sub(_hex_sign, raw[1:]) if b"#" in raw else raw[1:]
    try:
        return PSLiteral(name.decode())
    except UnicodeDecodeError:
        return PSLiteral(name)


def _hex_sign(found: re.Match[bytes]) -> bytes:
    return bytes((int(found[1], 16),)) if found[1] else b""


class _Cursor:
    """Reads one operation token by token; brackets are a stack of what they hold so far."""

    def __init__(self, data: bytes, position: int) -> None:
        self.data, self.position = data, position
        self.operands: list[object] = []
        self.open: list[tuple[bytes, list[object]]] = []

    def next_operation(self) -> Operation | None:
        """Read up to the next operator; None at the end of the data."""
        while self.position < len(self.data):
            found = TOKEN.match(self.data, self.position)
            if found is None:
                break
            self.position = found.end()
            operator = self._take(found.lastgroup or "", found[0])
            if operator:
                return operator, self.operands
        return None

    def _take(self, kind: str, token: bytes) -> bytes:
        """Take a token; return it if it is an operator, else b""."""
        if kind in {"word", "quote"}:
            return self._take_word(token)
        if kind == "open":
            self._begin(token)
        elif kind == "close":
            self._end(token)
        elif kind == "string":
            self._take_string()
        elif kind:
            self._take_value(kind, token)
        return b""

    def _take_word(self, word: bytes) -> bytes:
        if word in CONSTANTS:
            self._push(CONSTANTS[word])
        elif word == BEGIN_IMAGE:
            self._begin(word)
        elif word == IMAGE_DATA and self.open and self.open[-1][0] == BEGIN_IMAGE:
            self._pass_image()
            return IMAGE if not self.open else b""
        elif self.open:
            self._push(None)
        else:
            return word
        return b""

    def _take_value(self, kind: str, token: bytes) -> None:
        if kind == "name":
            self._push(_name(token))
        elif kind == "hex":
            self._push(_hex_string(token.strip(b"<>")))
        elif (number := _number(token)) is not None:
            self._push(number)

    def _take_string(self) -> None:
        start, depth = self.position, 1
        for found in PARENTHESIS.finditer(self.data, start):
            depth += DEEPER.get(found[0], 0)
            if not depth:
                self.position = found.end()
                self._push(_string(self.data[start : found.start()]))
                return
        self.position = len(self.data)

    def _push(self, value: object) -> None:
        if self.open:
            self.open[-1][1].append(value)
            return
        self.operands.append(value)
        if len(self.operands) > 2 * MAX_OPERANDS:
            del self.operands[:-MAX_OPERANDS]

    def _begin(self, bracket: bytes) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise PageStopError("its content opens brackets within brackets without end")
        self.open.append((bracket, []))

    def _end(self, bracket: bytes) -> None:
        """Close what is open; a bracket that closes nothing is passed over."""
        if not self.open or self.open[-1][0] != CLOSERS[bracket]:
            return
        _, values = self.open.pop()
        self._push(values if bracket in {b"]", b"}"} else _dictionary(values))

    def _pass_image(self) -> None:
        self._end(IMAGE_DATA)
        values = self.open[-1][1] if self.open else self.operands
        attributes = values[-1]
        packed = isinstance(attributes, dict) and _first_filter(attributes) in ASCII85
        end = (ASCII85_IMAGE_END if packed else IMAGE_END).search(self.data, self.position)
        self.position = end.end() if end else len(self.data)


def _number(token: bytes) -> float | None:
    if len(token) > MAX_DIGITS:
        return None
    try:
        return float(token)
    except ValueError:
        return None


def _dictionary(values: list[object]) -> dict[str | bytes, object]:
    pairs = zip(values[::2], values[1::2], strict=False)
    return {key.name: value for key, value in pairs if isinstance(key, PSLiteral)}


def _first_filter(attributes: dict[str | bytes, object]) -> object:
    """Name the filter of an inline image that its data end with; None where there is none."""
    named = attributes.get("F", attributes.get("Filter"))
    first = named[0] if isinstance(named, list) and named else named
    return first.name if isinstance(first, PSLiteral) else None
