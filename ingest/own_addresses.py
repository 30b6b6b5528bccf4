"""Own addresses: a manifest may name cases and sections by their permalinks.

In:  a manifest; the publication as it is in the library; its text segmented without corrections.
Out: the manifest, with the addresses by which corrections know things.
Errors: `ManifestError` where two entries speak of one thing.

Corrections are done to what is found without them, so they know what is found by the addresses
that it would have. A permalink that was given out stays when its case is renamed, and it is what
readers and editors see: it is taken for what it leads to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import replace

from ingest.errors import ManifestError
from ingest.identity import keep_ids
from ingest.manifest import Manifest
from search.model import Publication

_Said = TypeVar("_Said")


def with_own_addresses(manifest: Manifest, plain: Publication, old: Publication) -> Manifest:
    """Return the manifest with permalinks replaced; what is no permalink stays as it is."""
    names = _names(plain, old)
    return replace(
        manifest,
        corrections=_renamed(manifest.corrections, names),
        parts={part: names.get(address, address) for part, address in manifest.parts.items()},
    )


def _names(plain: Publication, old: Publication) -> dict[str, str]:
    """Map permalinks to own addresses, where these are not the own address of something."""
    kept = keep_ids(replace(plain, id=old.id), old)
    names: dict[str, str] = {}
    own: set[str] = set()
    for case, before in zip(kept.cases, plain.cases, strict=True):
        own.add(before.id)
        names[case.id] = before.id
        for section, former in zip(case.sections, before.sections, strict=True):
            own.add(f"{before.id}/{former.id}")
            names[f"{case.id}/{section.id}"] = f"{before.id}/{former.id}"
    return {link: address for link, address in names.items() if link not in own}


def _renamed(corrections: Mapping[str, _Said], names: Mapping[str, str]) -> dict[str, _Said]:
    renamed: dict[str, _Said] = {}
    for link, said in corrections.items():
        address = names.get(link, link)
        if address in renamed or (address != link and address in corrections):
            raise ManifestError(
                f"at “corrections.{link}”: this is also “corrections.{address}”",
                where="manifest.toml",
                fix="Say all of it in one line",
            )
        renamed[address] = said
    return renamed
