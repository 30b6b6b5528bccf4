"""Slugs: the ASCII ids of publications, parts, cases and sections, which addresses are made of.

In:  a title or heading in any script; the ids that are taken.
Out: `[a-z0-9]+(-[a-z0-9]+)*`, at most `max_length` long, cut at a word where it can be, never
     empty, never one of the taken.
Errors: none; text without a letter that can be written in ASCII becomes `untitled`.
Source: Cyrillic as BGN/PCGN 1947 (Russian) and 1994 (Tajik) write it, without marks: ҷ = j,
     ғ = gh, қ = q, ҳ = h, х = kh, ӣ = i, ӯ = u.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

MAX_LENGTH = 60
LONGEST = 200  # of an id that was given; with the marks of a library's files, a name on any disk
UNTITLED = "untitled"

_CYRILLIC = (
    # Letters that look Latin are meant: they are the ones to be turned into Latin.
    "а=a б=b в=v г=g ғ=gh ґ=g д=d е=e ё=yo є=ye ж=zh з=z и=i ӣ=i і=i ї=yi й=y ј=j к=k қ=q л=l"  # noqa: RUF001
    " м=m н=n о=o п=p р=r с=s т=t у=u ӯ=u ў=u ф=f х=kh ҳ=h һ=h ц=ts ч=ch ҷ=j ш=sh щ=shch ъ= ы=y"  # noqa: RUF001
    " ь= э=e ю=yu я=ya"
)
_LATIN = "æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ı=i ə=a"  # noqa: RUF001
# Marks that stand inside a word without parting it: apostrophes, the soft hyphen.
_SILENT = "'’‘ʼʻ`´\u00ad"  # noqa: RUF001
_LETTERS = str.maketrans(
    {pair[0]: pair[2:] for pair in f"{_CYRILLIC} {_LATIN}".split(" ")} | dict.fromkeys(_SILENT, "")
)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def slugify(
    text: str,
    *,
    taken: Collection[str] = (),
    reserved: Collection[str] = (),
    max_length: int = MAX_LENGTH,
) -> str:
    """Return an id for `text` that is neither `taken` nor `reserved`: `-2`, `-3` … tell apart."""
    whole = "-".join(_words(text)) or UNTITLED
    slug, number = _cut(whole, max_length), 1
    while slug in taken or slug in reserved:
        number += 1
        slug = f"{_cut(whole, max_length - len(f'-{number}'))}-{number}"
    return slug


def is_slug(text: str) -> bool:
    """Tell whether `text` can stand in an address, and name a folder, as it is."""
    return len(text) <= LONGEST and _SLUG.fullmatch(text) is not None


def _words(text: str) -> list[str]:
    # NFC first: a decomposed й or ӣ is a letter of its own and must not lose its mark.
    letters = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", letters) if not _is_mark(c))
    return re.findall(r"[a-z0-9]+", plain)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn"


def _cut(slug: str, length: int) -> str:
    """Cut at the last whole word that fits; a single long word is cut where it must be."""
    if len(slug) <= length:
        return slug
    return slug[: length + 1].rpartition("-")[0] or slug[:length]
