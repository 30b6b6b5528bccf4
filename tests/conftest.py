"""Fixtures that several test modules share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of material that may not be copied into the project."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no folder `shared` beside the project")
    return folder


@pytest.fixture(scope="session")
def sample_pdf() -> Path:
    """Return the sample digest, as it ships."""
    return ROOT / "corpus" / "sample" / "digest.pdf"
