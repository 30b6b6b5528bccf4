"""Whoosh writer: documents → one commit, everything or nothing.

In:  an open Whoosh index, documents, the digests of the publications they replace.
Out: a new generation. A publication is replaced by deleting all it has and adding anew. A repeated
     id is taken once, the first time.
Errors: LibraryError when another process is writing to the index, or the disk takes no more.

Documents become a segment whenever `SEGMENT_WORDS` are together, so that memory is bounded by what
one segment takes, however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from whoosh.index import FileIndex

from search.engine import Document
from search.engines.whoosh_commits import committing
from search.introductions import Introductions
from search.snapshot.building import Built, IndexedPublication, build
from search.snapshot.gathering import Gatherer
from search.snapshot.segment import Segment

SEGMENT_WORDS = 1 << 24
PROGRESS_STEP = 50


def publish(
    index: FileIndex,
    documents: Iterable[Document],
    digests: Mapping[str, str],
    progress: Callable[[int], None] | None,
    known: Mapping[str, Segment],
) -> None:
    """Replace publications by these documents in one commit; `known` are segments as opened."""
    introduced = Introductions()
    checked = introduced.reading(_checked(documents, digests, progress))
    with committing(index) as commit:
        commit.delete(digests, known)
        for built in _built(checked, digests, introduced):
            commit.write(built)
            del built  # it would stay while the next is built


def _checked(
    documents: Iterable[Document],
    digests: Mapping[str, str],
    progress: Callable[[int], None] | None,
) -> Iterator[Document]:
    """Yield each document once, if its publication is to be indexed."""
    seen: set[str] = set()
    for count, document in enumerate(documents, start=1):
        if not digests.get(document.publication):
            raise ValueError(f"{document.id}: no digest was given for its publication")
        if document.id not in seen:
            seen.add(document.id)
            yield document
        if progress and count % PROGRESS_STEP == 0:
            progress(count)


def _built(
    documents: Iterable[Document], digests: Mapping[str, str], introduced: Introductions
) -> Iterator[Built]:
    """Build segments of whole publications."""
    waiting = {publication: digest for publication, digest in digests.items() if digest}
    gathered, gatherer, publication = dict[str, str](), Gatherer(), ""
    for document in documents:
        if document.publication != publication:
            if gatherer.size > SEGMENT_WORDS:
                batches, gatherer = [gatherer.batch()], Gatherer()
                yield build(_indexed(gathered, introduced), batches)
                gathered = {}
            publication = document.publication
            if publication in waiting:
                gathered[publication] = waiting.pop(publication)
            elif publication not in gathered:
                raise ValueError(f"{document.id}: its publication's documents are torn apart")
        gatherer.add(document)
    gathered |= waiting
    if gathered:
        batches = [gatherer.batch()]
        del gatherer
        yield build(_indexed(gathered, introduced), batches)


def _indexed(digests: Mapping[str, str], introduced: Introductions) -> list[IndexedPublication]:
    return [
        IndexedPublication(name, digest, introduced.of(name)) for name, digest in digests.items()
    ]
