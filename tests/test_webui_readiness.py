"""A site made ready: its first reader waits for nothing that the second does not wait for."""

from __future__ import annotations

from pathlib import Path

from tests.records import make_publication
from tests.sites import make_library
from webui.app import create_app
from webui.readiness import make_ready
from webui.site import SITE


def test_a_site_made_ready_compiles_no_template_for_its_readers(tmp_path: Path) -> None:
    with make_library(tmp_path, make_publication()) as library:
        app = create_app(library)
        make_ready(app)
        known, overview = len(app.jinja_env.cache or ()), app.extensions[SITE].overview
        client = app.test_client()
        for address in ("/", "/search?q=bridge", "/search?q=nowhere", "/help", "/p/river-and-road"):
            assert client.get(address).status_code == 200
        assert len(app.jinja_env.cache or ()) == known > 10
        assert app.extensions[SITE].overview is overview
