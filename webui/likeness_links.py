"""Links of likeness: where the search box asks for completions, and where a topic leads.

In:  a topic.
Out: addresses; the templates write them.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from search.engine import TOPIC
from webui.paths import page_path
from webui.questions import BLANK, with_values
from webui.site import open_site
from webui.urls import search_url


def install(app: Flask) -> None:
    """Let the templates write these addresses."""
    app.jinja_env.globals.update(suggestions_url=suggestions_url, topic_url=topic_url)


def suggestions_url() -> str:
    """Return the address that completions are asked of, another for each state of the library."""
    return f"{page_path('likeness.suggest')}?state={open_site().state}"


def topic_url(topic: str) -> str:
    """Return the address that lists the cases about a topic."""
    return search_url(replace(with_values(BLANK, TOPIC, (topic,)), scope="cases"))
