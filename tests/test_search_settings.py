"""Settings come from the file, then from variables, and a bad one is named."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from search.errors import InputError
from search.settings import EXPECTED, MEANING, Settings, load_settings, template

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "settings.md"


def _file(folder: Path, text: str) -> Path:
    path = folder / "casebook.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_every_value_is_the_default(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "casebook.toml", {}) == Settings()


def test_a_new_library_says_every_default_and_changes_none(tmp_path: Path) -> None:
    assert load_settings(_file(tmp_path, template()), {}) == Settings()


def test_the_comments_of_a_new_library_are_its_defaults() -> None:
    lines = re.sub(r"(?m)^# (?=\w+ = )", "", template())
    assert tomllib.loads(lines) == msgspec.to_builtins(Settings(), builtin_types=()) | {
        "languages": list(Settings().languages)
    }


def test_the_file_is_read(tmp_path: Path) -> None:
    path = _file(tmp_path, 'site_name = "Дафтар"\nport = 9000\nlanguages = ["tg"]\n')
    assert load_settings(path, {}) == Settings(site_name="Дафтар", port=9000, languages=("tg",))


def test_a_whole_number_is_good_for_seconds(tmp_path: Path) -> None:
    assert load_settings(_file(tmp_path, "page_seconds = 5"), {}).page_seconds == 5


def test_a_variable_goes_before_the_file(tmp_path: Path) -> None:
    path = _file(tmp_path, "port = 9000\nmemory_mb = 256\n")
    variables = {"CASEBOOK_PORT": "9100", "CASEBOOK_LANGUAGES": "ru, tg", "CASEBOOK_OTHER": "x"}
    settings = load_settings(path, variables)
    assert (settings.port, settings.memory_mb, settings.languages) == (9100, 256, ("ru", "tg"))


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    path = _file(tmp_path, "port = 9000")
    assert load_settings(path, {"CASEBOOK_PORT": " "}).port == 9000


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("site_name = 3", "site_name"),
        ('site_name = ""', "site_name"),
        ('languages = ["de"]', "languages"),
        ("languages = []", "languages"),
        ('engine = "lucene"', "engine"),
        ("widen_below = -1", "widen_below"),
        ("most_hits = 0", "most_hits"),
        ("lock_seconds = -0.5", "lock_seconds"),
        ('host = ""', "host"),
        ("port = 70000", "port"),
        ('port = "80"', "port"),
        ('url_prefix = "casebook/"', "url_prefix"),
        ("reading_password = 12", "reading_password"),
        ("page_seconds = 0", "page_seconds"),
        ("file_seconds = true", "file_seconds"),
        ("memory_mb = 1.5", "memory_mb"),
    ],
)
def test_a_bad_value_is_named_with_what_was_expected(tmp_path: Path, line: str, key: str) -> None:
    with pytest.raises(InputError) as caught:
        load_settings(_file(tmp_path, line), {})
    assert key in str(caught.value)
    assert EXPECTED[key] in str(caught.value)


def test_a_bad_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="CASEBOOK_PORT: 'many' is not a whole number"):
        load_settings(tmp_path / "none.toml", {"CASEBOOK_PORT": "many"})


def test_a_password_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_settings(_file(tmp_path, 'reading_password = ["hush"]'), {})
    assert "hush" not in str(caught.value)


def test_an_unknown_key_is_named_with_its_neighbour(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no setting “sitename”.*site_name"):
        load_settings(_file(tmp_path, 'sitename = "A"'), {})


@pytest.mark.parametrize("text", ["port = ", "port 80", "\x00"])
def test_a_malformed_file_is_one_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="settings cannot be read"):
        load_settings(_file(tmp_path, text), {})


def test_a_file_in_another_encoding_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "casebook.toml"
    path.write_bytes('site_name = "Дафтар"'.encode("cp1251"))
    with pytest.raises(InputError, match="settings cannot be read"):
        load_settings(path, {})


def test_the_document_names_every_key_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| `(.*?)` \|", DOCUMENT.read_text("utf-8"), re.MULTILINE))
    read = {key: tomllib.loads(f"value = {value}")["value"] for key, value in rows.items()}
    assert read == msgspec.to_builtins(Settings()) | {"languages": list(Settings().languages)}
    assert set(MEANING) == set(EXPECTED) == set(read)
