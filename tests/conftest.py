"""Fixtures that several test modules share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# How long one example takes depends on what else the machine does, which is no matter of a test.
settings.register_profile("casebook", deadline=None)
settings.load_profile("casebook")

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
