"""Peers: search engines behind one small door, Casebook's public door among them.

`peer` is the door (a Protocol), `catalog` knows them by name and imports them on demand; one
module each: `casebook_peer`, `tantivy_peer`, `sqlite_peer`, `whoosh_peer`, `bm25s_peer`,
`xapian_peer`. All but Casebook's and SQLite's need a library of their own, and are passed over
where it is missing.
"""
