"""Engines: indexes of documents behind the seam of `search.engine`.

`catalog`          a name → an engine (the one place that imports them, on demand)
`whoosh_engine`    the embedded engine: who publishes, who reads, when to open anew
`whoosh_schema`    what a document looks like inside Whoosh
`whoosh_writer`    documents → one commit
`whoosh_reader`    one commit → postings and columns
`index_view`       what evaluation needs of an index: postings, columns
`matching`         a plan → matching documents and their scores
`ranking`          BM25F
`facet_columns`    facet values of documents: filtering and counting
`answering`        a request → results: match, filter, count, sort, cut

Nothing from `index_view` down knows Whoosh.
"""
