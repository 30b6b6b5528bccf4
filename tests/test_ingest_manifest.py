"""The manifest: what is wrong with it is said by key."""

from __future__ import annotations

import pytest

from ingest.errors import ManifestError
from ingest.manifest import read_manifest


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[publication]\nyear = 'x'", r"“publication\.year”: expected a whole number"),
        ("[publication]\nyear = 20080", r"“publication\.year”"),
        ("[publication]\nauthors = 'X'", r"“publication\.authors”: expected a list"),
        ("[publication]\nid = 'Not a slug'", "small letters and digits joined by hyphens"),
        ("[publication]\nrights_download = 'yes'", "expected true or false"),
        ("[publication]\ntitel = 'x'", r"“publication\.titel” is unknown"),
        ('[kinds]\n"Lay" = "Two words"', r"“kinds\.Lay”: expected small letters and digits"),
        ('[parts]\n"North" = 3', r"“parts\.North”: expected text in quotation marks"),
        ("[corrections]\n\"a/b\" = {level = 'chapter'}", r"“corrections\.a/b\.level”: expected"),
        ("[corrections]\n\"a\" = {titel = 'x'}", r"“corrections\.a\.titel” is unknown"),
        ("corrections = 3", r"“corrections”: expected a table"),
        ("[publication", "no valid TOML"),
    ],
)
def test_the_key_and_what_was_expected_are_named(text: str, message: str) -> None:
    with pytest.raises(ManifestError, match=message):
        read_manifest(text, "m.toml")


def test_every_key_may_be_left_out() -> None:
    assert read_manifest("").publication.title == ""


def test_all_tables_are_read() -> None:
    manifest = read_manifest(
        "[publication]\ntitle = 'T'\nyear = 2020\nauthors = ['A', 'B']\n"
        "[kinds]\n\"Lay\" = 'background'\n[parts]\n\"North\" = 'a'\n[pages]\n3 = 'Words'\n"
        "[corrections]\n\"a\" = {organisation = '', merge = true, page = 4}\n"
    )
    assert manifest.publication.authors == ("A", "B")
    assert manifest.pages == {"3": "Words"}
    assert manifest.corrections["a"].organisation == ""
