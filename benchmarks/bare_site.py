"""A bare Flask page, on the web server that serves Casebook.

    python -m benchmarks.bare_site

In:  nothing.
Out: its address on stdout; one short text at `/` until SIGTERM: the most that a page made with
     this framework and this server can give.
"""

from __future__ import annotations

import sys

from flask import Flask

from casebook.web_server import listen

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    """Return a page with nothing on it."""
    return "<!doctype html><title>Bare</title><p>Nothing to see here."


def main() -> int:
    """Serve until told to stop."""
    server = listen(app, host="127.0.0.1", port=0, behind_proxy=False)
    print(f"A bare page is at {server.url}", flush=True)
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
