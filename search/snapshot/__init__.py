"""Snapshot: read-only arrays beside every segment of the index, on which all questions run.

The rooms, in the order in which data passes:

- `gathering`: documents as they are indexed → occurrences of words
- `building`: occurrences → arrays
- `arrays`: arrays ↔ a file that is mapped into memory, with its checks
- `segment`: one file's arrays as documents, words and places; `merging` turns segments back
- `view`: the segments of one committed state as one collection, deleted documents left out
- `facet_values`, `number_ranges`: what a facet's value is and what matches it
- `columns`: the facet values of a collection's documents
- `places`: where words stand one after another
- `matching`: a plan → the documents that match, with scores (`ranking`)
- `proximity`, `feedback`: what else the first hits are ranked by; `reranking` puts both together
- `explaining`: what the score of a hit is made of
- `answering`: a request → results
"""
