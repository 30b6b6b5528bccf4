"""Snapshot: read-only arrays beside every segment of the index, on which all questions run.

The rooms, in the order in which data passes:

- `gathering`: documents as they are indexed → words and addresses
- `numbering`: these in order, with their stems; `case_arrays`: cases as runs of sections;
  `word_arrays`: the arrays of the words
- `building`: conducts these, and has the table of all arrays
- `arrays`: arrays ↔ a file that is mapped into memory, with its checks
- `packing`: the places of words ↔ the bytes that Whoosh keeps
- `segment`: one file's arrays as documents, words and places; `merging` turns segments back
- `together`: small segments as one in memory
- `view`: the segments of one committed state as one collection, deleted documents left out
- `facet_values`, `number_ranges`: what a facet's value is and what matches it
- `columns`: the facet values of a collection's documents
- `facet_tables`: several facets side by side, counted in one go
- `places`: where words stand one after another; `neighbours`: where two words stand side by side;
  `counting`: how often in each document
- `terms`: what a word matches and what is kept of it; `postings`, `joining`: any list of documents;
  `champions`, `pruning`: which documents of one list, of several, may be among the best
- `matching`: a plan → the documents that match, with scores (`ranking`)
- `proximity`, `feedback`: what else the first hits are ranked by; `reranking` puts both together
- `explaining`: what the score of a hit is made of
- `stored`: what is shown of sections and cases ↔ arrays
- `marking`: where in one text a plan matches; `strands`: a stored text, read in part; `passages`:
  the sentences to show
- `showing`: what was found → hits
- `answering`: a request → results
- `running_text`: the documents' words, each counted once; `spans`: where a plan's leaves stand
- `occurrences`, `context_order`, `frequencies`: every place of a word or phrase, sorted, counted
- `contexts`: the text that an occurrence stands in
- `collocations`, `shared_phrases`: words that go together, sequences that recur
- `occurrence_index`: all of these for one committed state
- `names`, `completing`: words and names that begin as a reader types
- `similar`: documents that share telling words; `topic_terms`, `topics`: what cases are about
- `likeness`: all of these for one committed state
"""
