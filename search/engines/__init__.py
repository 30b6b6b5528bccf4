"""Engines: indexes of documents behind the seam of `search.engine`.

`catalog`          a name → an engine (the one place that imports them, on demand)
`whoosh_engine`    the embedded engine: who publishes, who reads, when to open anew
`whoosh_schema`    what a publication looks like inside Whoosh
`whoosh_segments`  a snapshot → a segment of Whoosh's with its snapshot beside it, and back
`whoosh_commits`   new segments, deletions → one new generation, everything or nothing
`whoosh_writer`    documents → such a commit
`whoosh_merging`   many small segments → one, behind readers and writers
`whoosh_reader`    one commit → views of its snapshots

What answers a question stands in `search.snapshot` and knows nothing of Whoosh.
"""
