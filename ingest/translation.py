"""Translation: what a manifest says of the same book in another language.

In:  a manifest; the record under the id that it is to have; the library.
Out: the record with what was said.
Errors: `ManifestError` names the entry, and what comes nearest to it.

What the editor says now is checked. A manifest that is kept in the library may speak of what is no
longer there: that is passed over when pairs are looked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from ingest.errors import ManifestError
from ingest.manifest import Manifest
from ingest.nearest import nearest_names
from search.errors import NotFoundError
from search.model import Publication
from search.permalinks import Resolver, addresses
from search.searcher import Library


def with_translation(record: Publication, manifest: Manifest) -> Publication:
    """Return the record with what the manifest says of another language."""
    original = manifest.publication.translation_of or ""
    if manifest.translations and not original:
        raise ManifestError(
            "at “translations”: it does not say which publication is meant",
            where="manifest.toml",
            fix="Add translation_of under [publication]",
        )
    return replace(record, translation_of=original, translated=manifest.translations)


def check_translation(record: Publication, library: Library | None, where: str) -> None:
    """Refuse what speaks of a publication or of addresses that are not there."""
    if not record.translation_of:
        return
    if record.translation_of == record.id:
        raise ManifestError(
            "at “publication.translation_of”: that is this publication itself",
            where=where,
            fix="Name the publication in the other language",
        )
    original = _original(record, library, where)
    here, there = Resolver(record), Resolver(original)
    said: dict[str, str] = {}
    for mine, theirs in record.translated.items():
        key = f"translations.{mine}"
        _check_address(mine, record, here, key, where)
        if not theirs:
            continue
        _check_address(theirs, original, there, key, where)
        if mine.count("/") != theirs.count("/"):
            raise ManifestError(
                f"at “{key}”: a case stands for a case, a section for a section; found “{theirs}”",
                where=where,
            )
        if theirs in said:
            raise ManifestError(
                f"at “{key}”: “{theirs}” stands for “{said[theirs]}” already", where=where
            )
        said[theirs] = mine


def _original(record: Publication, library: Library | None, where: str) -> Publication:
    try:
        if library is not None:
            return library.publication(record.translation_of)
    except NotFoundError:
        pass
    ids = sorted({*library.source_ids().values()} - {record.id}) if library else []
    raise ManifestError(
        f"at “publication.translation_of”: there is no publication “{record.translation_of}” in "
        f"the library ({nearest_names(record.translation_of, ids)})",
        where=where,
        fix="Take that one in first, or correct its id",
    )


def _check_address(
    address: str, record: Publication, resolver: Resolver, key: str, where: str
) -> None:
    found = resolver.resolve(f"{record.id}/{address}")
    if found.outcome in {"found", "moved"} and address.count("/") <= 1:
        return
    raise ManifestError(
        f"at “{key}”: there is no case or section “{address}” in “{record.id}” "
        f"({nearest_names(address, list(_addresses(record)))})",
        where=where,
        fix=f"casebook show {record.id} lists all addresses",
    )


def _addresses(record: Publication) -> Iterator[str]:
    """Yield what can be named: what was given out once is not offered."""
    former = {entry.address for entry in record.retired}
    yield from (address for address in addresses(record) if address not in former)
