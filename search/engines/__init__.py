"""Engines: indexes of documents behind the seam of `search.engine`.

`catalog`          a name → an engine (the one place that imports them, on demand)
`whoosh_engine`    the embedded engine: who publishes, who reads, when to open anew
`whoosh_schema`    what a document looks like inside Whoosh
`whoosh_writer`    documents → one commit
`whoosh_snapshots` segments ↔ their snapshots: made with them, merged with them, made anew
`whoosh_reader`    one commit → views of its snapshots

What answers a question stands in `search.snapshot` and knows nothing of Whoosh.
"""
