"""The peers by name.

In:  a name.
Out: the peer, or why it cannot be had here.
Errors: KeyError for a name that nobody has.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks.peers.peer import Peer


@dataclass(frozen=True, slots=True)
class Entry:
    """A peer: module and class, options, and the index that it shares with its like."""

    module: str
    maker: str
    index: str
    options: Mapping[str, bool] = field(default_factory=dict)
    about: str = ""
    is_exact: bool = True  # it finds exact forms only, so its counts can be compared

    def make(self) -> Peer:
        """Import and make it; ImportError where its library is missing."""
        module = importlib.import_module(f"benchmarks.peers.{self.module}")
        maker: Callable[..., Peer] = getattr(module, self.maker)
        return maker(**self.options)


OURS = "casebook"
PEERS: Mapping[str, Entry] = {
    OURS: Entry(
        "casebook_peer",
        "CasebookPeer",
        OURS,
        about="the public door, `open_library(…).search(…)`, exact forms (`=word`)",
    ),
    "casebook-stems": Entry(
        "casebook_peer",
        "CasebookPeer",
        OURS,
        {"stems": True},
        about="the same with bare words, which stand for their families",
        is_exact=False,
    ),
    "casebook-grown": Entry(
        "casebook_peer",
        "CasebookPeer",
        "casebook-grown",
        {"grown": True},
        about="the same sections, of which eight publications came one by one, after 5 % of other "
        "sections had been there; those were removed in the end",
    ),
    "tantivy": Entry(
        "tantivy_peer",
        "TantivyPeer",
        "tantivy",
        about="tantivy-py; title, heading and body are fields, as its README has it; totals",
    ),
    "tantivy-lean": Entry(
        "tantivy_peer",
        "TantivyPeer",
        "tantivy-lean",
        {"lean": True},
        about="the same, all words in one field, and no total with the top ten",
    ),
    "fts5": Entry("sqlite_peer", "SqlitePeer", "fts5", about="SQLite's FTS5, three columns"),
    "whoosh": Entry(
        "whoosh_peer",
        "WhooshPeer",
        "whoosh",
        about="stock Whoosh: its collectors, grouping and highlighter",
    ),
    "bm25s": Entry(
        "bm25s_peer",
        "Bm25sPeer",
        "bm25s",
        about="one text; ranks any-word questions and nothing else (no totals, facets, passages)",
    ),
    "xapian": Entry(
        "xapian_peer",
        "XapianPeer",
        "xapian",
        about="Xapian's Python binding; general terms as in its guide, exact totals",
    ),
}
