"""The application: a library and a few options → a WSGI site.

In:  an open `Library`; `SiteOptions`. Nothing is read from the environment.
Out: a Flask application. The views find the library with `site.open_site`.
Errors: none of its own; `webui.errors` shows those of the rooms below.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from search.searcher import Library
from webui import (
    api,
    beside_pages,
    change_pages,
    compression,
    errors,
    freshness,
    library_pages,
    likeness_api,
    likeness_links,
    names,
    paths,
    phrase_api,
    phrase_pages,
    phrase_questions,
    reading_pages,
    search_pages,
    security,
    site_pages,
    translation_api,
    urls,
)
from webui.escaping import Environment
from webui.prefix import under_prefix
from webui.site import SITE, Site, open_site

STATIC = Path(__file__).parent / "static"
YEAR_S = 365 * 24 * 60 * 60


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """How the site shows itself.

    Attributes:
        site_name: What it calls itself.
        url_prefix: The path under which a proxy shows it, "/casebook"; whether the proxy takes
            that prefix off before it passes a request on, or leaves it, is all the same.
        reading_password: Asked of readers (HTTP Basic, any user name); "" asks nobody.
        gzip: Whether texts are sent compressed to browsers that take it.
        trusted_proxies: How many proxies stand before the site whose X-Forwarded headers are
            to be believed; 0 believes none.
        today: The date that a printed page shows.
    """

    site_name: str = "Casebook"
    url_prefix: str = ""
    reading_password: str = ""
    gzip: bool = True
    trusted_proxies: int = 0
    today: Callable[[], date] = _today


DEFAULT_OPTIONS = SiteOptions()


def create_app(library: Library, options: SiteOptions = DEFAULT_OPTIONS) -> Flask:
    """Make the site of one library."""
    app = Flask(__name__)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR_S  # addresses of static files carry a version
    app.extensions[SITE] = Site(library, options.site_name, options.today, _static_version())
    app.jinja_environment = Environment
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.strict_slashes = False
    for pages in (
        search_pages,
        library_pages,
        phrase_pages,
        reading_pages,
        beside_pages,
        change_pages,
        site_pages,
        api,
        translation_api,
        likeness_api,
        phrase_api,
    ):
        app.register_blueprint(pages.pages)
    for module in (names, urls, phrase_questions, likeness_links, errors):
        module.install(app)
    app.context_processor(_page_words)
    security.install(app, options.reading_password)
    app.after_request(freshness.answer_briefly)
    if options.gzip:
        app.after_request(compression.compress)  # runs first: a tag is made sooner of less
    _install_proxies(app, options)
    return app


def _page_words() -> dict[str, object]:
    site = open_site()
    today = site.today()
    return {
        "site_name": site.name,
        "today": f"{today.day} {today:%B %Y}",
        **paths.tables(),
    }


def _install_proxies(app: Flask, options: SiteOptions) -> None:
    if count := options.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count
        )
    if prefix := options.url_prefix:
        app.wsgi_app = under_prefix(app.wsgi_app, prefix)  # type: ignore[method-assign, assignment]


def _static_version() -> str:
    """Name the state of the static files, so that a browser may keep each for a year."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
