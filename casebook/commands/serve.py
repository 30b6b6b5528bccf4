"""`casebook serve`: the library as a web site.

In:  where to listen, what stands before it.
Out: the address on stdout; it answers until Ctrl-C or SIGTERM.
Errors: InputError where the address cannot be had.
"""

from __future__ import annotations

import webbrowser
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from casebook.help_text import CommandWithExamples
from casebook.sample import add_sample
from casebook.session import Session
from casebook.terminal import note, show
from casebook.warming import warm_up_behind
from casebook.web_server import WebServer, listen
from search.settings import Settings
from webui.app import SiteOptions, create_app
from webui.readiness import make_ready

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class ServeOptions(TypedDict):
    """Where the site is; None leaves it to the library's settings."""

    host: str | None
    port: int | None
    prefix: str | None
    proxies: int


def _read_prefix(_ctx: click.Context, _param: click.Parameter, given: str | None) -> str | None:
    if given is None:
        return None
    prefix = f"/{given.strip('/')}" if given.strip("/") else ""
    if "//" in prefix or any(character.isspace() for character in prefix):
        raise click.BadParameter("it should be a path such as /casebook")
    return prefix


@click.command(cls=CommandWithExamples)
@click.option("--host", metavar="ADDRESS", help="Where to listen.  [default: 127.0.0.1]")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="The port; 0 takes a free one.  [default: 8000]"
)
@click.option(
    "--prefix",
    metavar="PATH",
    callback=_read_prefix,
    help="The path under which a proxy shows the site, such as /casebook.",
)
@click.option(
    "--proxies",
    type=click.IntRange(0, 8),
    default=0,
    metavar="N",
    help="How many proxies stand before it whose X-Forwarded headers are to be believed.",
)
@click.option("--sample", is_flag=True, help="Put the sample digest into a library that is empty.")
@click.option("--open", "browse", is_flag=True, help="Open it in the browser.")
@click.pass_obj
def serve(session: Session, *, sample: bool, browse: bool, **options: Unpack[ServeOptions]) -> None:
    """Serve the library as a web site, until Ctrl-C.

    Host, port, prefix and a password for readers can stand in casebook.toml in the library's
    folder; what is given here goes before it.

    Examples:
      casebook serve
      casebook serve --sample --open
      casebook serve --port 9000 --prefix /casebook --proxies 1
      CASEBOOK_READING_PASSWORD=… casebook serve --host 0.0.0.0
    """
    with session.library(create=sample) as library:
        if sample:
            add_sample(library)
        site = create_app(library, _site_options(library.settings, **options))
        server = _server(site, library.settings, **options)
        warm_up_behind(library, lambda: make_ready(site))
        show(f"Casebook is at {server.url}")
        note("Ctrl-C ends it.")
        if browse:
            webbrowser.open(server.url)
        server.run()


def _site_options(settings: Settings, **options: Unpack[ServeOptions]) -> SiteOptions:
    return SiteOptions(
        site_name=settings.site_name,
        url_prefix=_prefix(settings, options),
        reading_password=settings.reading_password,
        trusted_proxies=options["proxies"],
    )


def _prefix(settings: Settings, options: ServeOptions) -> str:
    return settings.url_prefix if options["prefix"] is None else options["prefix"]


def _server(
    site: WSGIApplication, settings: Settings, **options: Unpack[ServeOptions]
) -> WebServer:
    server = listen(
        site,
        host=options["host"] or settings.host,
        port=settings.port if options["port"] is None else options["port"],
        behind_proxy=options["proxies"] > 0,
    )
    return WebServer(server.url.rstrip("/") + f"{_prefix(settings, options)}/", server.run)
