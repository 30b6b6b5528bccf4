"""Clients count what the server answers, and search pages are asked for as the site's form does."""

from __future__ import annotations

import sys

from benchmarks.http_clients import ask
from benchmarks.http_load import search_paths, served
from benchmarks.questions import Question


def test_clients_count_answers_and_failures() -> None:
    with served([sys.executable, "-m", "benchmarks.bare_site"]) as server:
        load = ask(server.url, ["/", "/nothing"], clients=2, seconds=0.1)
        assert server.processor_s() >= 0
    assert load.clients_s > 0
    assert load.seconds
    assert load.failures
    assert all("404" in failure for failure in load.failures)
    assert load.bytes_read > 0


def test_a_server_that_is_gone_is_a_failure_not_a_crash() -> None:
    with served([sys.executable, "-m", "benchmarks.bare_site"]) as server:
        pass
    load = ask(server.url, ["/"], clients=1, seconds=0.1)
    assert load.seconds == []
    assert len(load.failures) == 1


def test_paths_are_those_of_the_search_page() -> None:
    questions = [
        Question("phrase2", ("of", "water"), ("part", "Region 2")),
        Question("any2", ("well", "road")),
    ]
    assert search_paths(questions) == [
        "/search?q=%22of+water%22&match=all&part=Region+2",
        "/search?q=%3Dwell+%3Droad&match=any",
    ]
