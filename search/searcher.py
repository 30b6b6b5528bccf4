"""The library, opened: what the command line, the site and a notebook call.

In:  a folder; questions, ids, addresses, records.
Out: results, records, what became of an address.
Errors: NotFoundError; LibraryError where there is no library, or it is damaged or locked;
     InputError for a setting, record or way of searching that cannot be used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from search.answers import Question, Source, answer, read_text
from search.checking import Finding, find_faults, finding_of
from search.completions import Completion, complete
from search.concordance import ConcordanceQuestion, make_concordance, make_strips
from search.durable_files import make_folder, replace_file, storage_errors
from search.engine import FACETS, Matching, Scope, Sort, Spelling
from search.errors import CasebookError, LibraryError, NotFoundError
from search.generations import Generations
from search.group_results import CollocationList, SharedPhraseList
from search.highlights import highlights_in
from search.library import PUBLICATIONS, LibraryFolder, StoredRecord, states_of
from search.likeness_index import Similar, Topic
from search.model import Case, Extraction, Publication, Section
from search.occurrences import ContextSort
from search.permalinks import Resolution, find_case, is_address, resolve_in
from search.phrase_counts import MOST_VALUES, PROFILE_FACETS, count_phrases, make_profile
from search.phrase_finds import (
    CollocationQuestion,
    SharedQuestion,
    make_collocations,
    make_shared_phrases,
)
from search.phrase_results import Concordance, PhraseCounts, Profile, Strip
from search.publishing import NewState, Progress, Publisher
from search.query import Query
from search.related import has_topics, more_like, topics_of
from search.results import Highlight, Results
from search.settings import Settings, load_settings, template
from search.translation_links import TranslationLinks
from search.widening import widen
from search.word_groups import Measure
from search.writer_lock import writer_lock

SETTINGS = "casebook.toml"

Answer = TypeVar("Answer")
Filters = Mapping[str, Sequence[str]]

_TRIES = 3  # another process may put another index in the place of one that is asked


def open_library(path: Path | str, *, create: bool = False, settle: bool = True) -> Library:
    """Open the library in a folder; with `create`, make an empty one where there is none.

    What a broken-off change has left is finished or undone, unless `settle` is false.

    Raises LibraryError where there is none, InputError for a setting that cannot be used.
    """
    folder = Path(path)
    if not _is_library(folder):
        if not create:
            raise LibraryError(
                "there is no library here",
                where=str(folder),
                fix="casebook ingest FILE makes one, --library names another folder",
            )
        _make(folder)
    library = Library(folder, load_settings(folder / SETTINGS), clock=lambda: datetime.now(UTC))
    if settle:
        library.settle()
    return library


def _is_library(folder: Path) -> bool:
    with storage_errors(folder):
        return (folder / PUBLICATIONS).is_dir() or (folder / SETTINGS).is_file()


def _make(folder: Path) -> None:
    """Make an empty library, unless another process is making it just now."""
    with storage_errors(folder):
        strangers = (
            [p.name for p in folder.iterdir() if p.name[0] != "."] if folder.exists() else []
        )
    if strangers and strangers != ["lost+found"] and not _is_library(folder):
        raise LibraryError(
            "the folder is no library, and not empty",
            where=str(folder),
            fix="Choose another folder for the library",
        )
    with writer_lock(folder, "making the library", wait_s=Settings().lock_seconds):
        make_folder(folder / PUBLICATIONS)
        if not (folder / SETTINGS).exists():
            replace_file(folder / SETTINGS, template().encode())


def _chosen(filters: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Take a single text for the one value that it is, not for its letters."""
    return {
        name: (values,) if isinstance(values, str) else tuple(str(value) for value in values)
        for name, values in filters.items()
    }


class Library:
    """An open library. Any number of threads may use it, and other processes write meanwhile."""

    def __init__(self, path: Path, settings: Settings, *, clock: Callable[[], datetime]) -> None:
        self.path = path
        self.settings = settings
        self._folder = LibraryFolder(path)
        self._generations = Generations(path / "index", settings.engine)
        self.translations = TranslationLinks(self._record, self._folder.originals, self.state)
        self._publisher = Publisher(self._folder, self._generations, settings.lock_seconds, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # ---- searching

    def search(  # noqa: PLR0913 - the public door: every choice has a name and a default
        self,
        query: str,
        *,
        filters: Mapping[str, Sequence[str]] | None = None,
        scope: Scope = "sections",
        match: Matching = "auto",
        sort: Sort = "relevance",
        offset: int = 0,
        limit: int = 10,
        facets: Sequence[str] = FACETS,
        passages: int = 3,
        spelling: Spelling = "any",
        feedback: bool | None = None,
        explain: bool = False,
    ) -> Results:
        """Search for what a reader typed.

        Args:
            query: As typed; docs/query-language.md. Never an error.
            filters: Facet → chosen values: OR within a facet, AND between facets.
            scope: `sections`, or whole `cases`, whose words may stand in different sections.
            match: `all` words, `any` of them, or `auto`: all, and any where too few have all.
            sort: By `relevance`, or in the order of the `book`.
            offset: How many hits to pass over.
            limit: How many hits to give, up to the setting `most_hits`.
            facets: The facets to count; nothing else is counted. `topic`, which is worked out
                from all cases when it is first asked for, is not counted unless it is named.
            passages: How many passages a hit shows at most.
            spelling: `any` that the library holds of a word, shown in `spellings` and ranked
                after the one typed; or only as `typed`.
            feedback: Whether the first hits of a question in plain words are re-ranked by what
                they have in common; as the setting `feedback` says where nothing is said.
            explain: Whether every hit says what its score is made of.
        """
        question = Question(
            query,
            _chosen(filters) if filters else {},
            scope,
            match,
            sort,
            offset,
            limit,
            facets,
            passages,
            spelling=spelling,
            feedback=self.settings.feedback if feedback is None else feedback,
            explain=explain,
        )
        return self._read(partial(answer, question))

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Completion, ...]:
        """Return what a reader who has typed this may be about to ask or to look for."""
        return self._read(lambda source: complete(text, source, limit))

    def more_like(self, address: str, *, limit: int = 10) -> Similar:
        """Return the cases like a case, or the sections like a section, with what they share.

        A section of the same case is none of them. NotFoundError where nothing stands there.
        """
        return self._read(lambda source: more_like(address, source.engine, self.resolve, limit))

    def has_topics(self) -> bool:
        """Tell whether topics can be had at once; in a large library they take some seconds."""
        return self._read(lambda source: has_topics(source.engine))

    def topics(self, address: str) -> tuple[Topic, ...]:
        """Return the topics of a case (`publication/case`), the strongest first."""
        return self._read(lambda source: topics_of(address, source.engine))

    def highlights(
        self,
        query: str,
        publication: Publication,
        section: Section,
        *,
        spelling: Spelling = "any",
    ) -> tuple[Highlight, ...]:
        """Return what a query matches in a section's heading and text, for the reading page."""
        query_read = self.read_query(query, spelling=spelling)
        return tuple(highlights_in(query_read, publication, section))

    def read_query(self, query: str, *, spelling: Spelling = "any") -> Query:
        """Read a question as a search does, with the other spellings that the library holds."""
        parsed = read_text(query)[0]
        if spelling == "typed":
            return parsed
        return widen(parsed, self._generations.engine().vocabulary("sections")).query

    # ---- words and phrases across cases: bare words side by side are a phrase here

    def concordance(  # noqa: PLR0913 - as for `search`
        self,
        query: str,
        *,
        filters: Filters | None = None,
        sort: ContextSort = "book",
        offset: int = 0,
        limit: int = 50,
        width: int = 60,
        cases: int = 20,
    ) -> Concordance:
        """List every occurrence of a word or phrase in its context.

        Args:
            query: As typed; docs/phrases.md. Never an error.
            filters: As for `search`.
            sort: In the order of the `book`, by the words to the `left` (the last word first), or
                by those to the `right`.
            offset: How many lines to pass over.
            limit: How many lines to give, up to the setting `most_hits`.
            width: Characters of context to each side, about.
            cases: How many of the cases with most occurrences to count.
        """
        chosen = _chosen(filters or {})
        question = ConcordanceQuestion(query, chosen, sort, offset, limit, width, cases)
        return self._read(lambda source: make_concordance(question, source, self._page_labels()))

    def strips(
        self, query: str, *, filters: Filters | None = None, limit: int = 5, bins: int = 200
    ) -> tuple[Strip, ...]:
        """Return where occurrences lie in the publications that have most of them.

        Occurrences in the same of `bins` equal stretches of a publication are one mark.
        """
        chosen = _chosen(filters or {})
        return self._read(
            lambda source: make_strips(query, chosen, source, limit=limit, bins=max(bins, 1))
        )

    def profile(
        self,
        query: str,
        *,
        filters: Filters | None = None,
        facets: Sequence[str] = PROFILE_FACETS,
        values: int = MOST_VALUES,
    ) -> Profile:
        """Count a word or phrase by facet, also in 10,000 words; so many values of each facet."""
        chosen = _chosen(filters or {})
        return self._read(lambda source: make_profile(query, chosen, facets, source, values=values))

    def collocations(
        self,
        query: str = "",
        *,
        filters: Filters | None = None,
        measure: Measure = "likelihood",
        window: int = 4,
        least: int = 3,
        limit: int = 50,
    ) -> CollocationList:
        """Return the words that stand near a word or phrase more often than by chance.

        Without a query: the pairs of neighbouring words that do. `least` is how often they have
        to stand together; `measure` is NLTK's likelihood ratio or `pmi`.
        """
        chosen = _chosen(filters or {})
        question = CollocationQuestion(query, chosen, measure, window, least, limit)
        return self._read(lambda source: make_collocations(question, source))

    def shared_phrases(
        self,
        *,
        filters: Filters | None = None,
        words: int = 6,
        offset: int = 0,
        limit: int = 50,
        places: int = 20,
        progress: Progress | None = None,
    ) -> SharedPhraseList:
        """Return the phrases of so many words at least that recur in different cases."""
        question = SharedQuestion(_chosen(filters or {}), words, offset, limit, places)
        return self._read(
            lambda source: make_shared_phrases(question, source, self._page_labels(), progress)
        )

    def count_phrases(
        self,
        phrases: Iterable[str],
        *,
        filters: Filters | None = None,
        progress: Progress | None = None,
    ) -> PhraseCounts:
        """Count each of a list of phrases by region and by case."""
        listed, chosen = list(phrases), _chosen(filters or {})
        return self._read(lambda source: count_phrases(listed, chosen, source, progress))

    # ---- reading

    def publications(self) -> tuple[Publication, ...]:
        """Return every publication by title; damaged records are skipped (`damaged` names them)."""
        found = [found.record for found in self._stored() if isinstance(found, StoredRecord)]
        return tuple(sorted(found, key=lambda record: (record.title.casefold(), record.id)))

    def damaged(self) -> tuple[Finding, ...]:
        """Return the records that cannot be read."""
        return tuple(found for found in self._stored() if isinstance(found, Finding))

    def publication(self, publication: str) -> Publication:
        """Return a publication; NotFoundError where there is none."""
        return self._record(publication).record

    def imprint(self, publication: str) -> Publication:
        """Return a publication without its cases; those of many are remembered."""
        return self._folder.imprint(publication, (self._indexed() or {}).get(publication, ""))

    def state(self) -> Mapping[str, str] | None:
        """Return the digest of each publication's record, as indexed; None where there is no index.

        It stays equal as long as nothing is published or removed.
        """
        return self._indexed()

    def case(self, publication: str, case: str) -> Case:
        """Return a case; NotFoundError where there is none."""
        found = find_case(self.publication(publication), case)
        if found is None:
            raise NotFoundError(f"there is no case “{case}”", where=publication)
        return found

    def resolve(self, address: str) -> Resolution:
        """Say where an address is now: `publication/case/section/p3`, `publication/page/7`."""
        if not is_address(address):
            return Resolution("never")
        publication = address.partition("/")[0]
        try:
            found = resolve_in(self.publication(publication), address)
        except NotFoundError:
            found = Resolution("never")
        return found if found.outcome != "never" else self._buried(address)

    def extraction(self, publication: str) -> Extraction | None:
        """Return what the reader saw in a publication's source; None where it was not kept."""
        return self._folder.extraction(publication)

    def manifest(self, publication: str) -> str:
        """Return what the editor said about a publication, as TOML; "" where nothing."""
        return self._folder.manifest(publication)

    def has_folder(self, publication: str) -> bool:
        """Tell whether there is anything of a publication, a record that can be read or not."""
        return states_of(self.path, publication).present.is_dir()

    def source_ids(self) -> Mapping[str, str]:
        """Return the ids of all publications by the sha256 of the files they were made from."""
        return self._folder.source_ids()

    def source_file(self, publication: str) -> Path:
        """Return where a publication's source lies; NotFoundError where it is missing."""
        path = self._folder.source_file(self.publication(publication))
        if not path.is_file():
            raise NotFoundError("the source is missing", where=publication, fix="casebook check")
        return path

    # ---- writing

    def publish(
        self,
        record: Publication,
        *,
        source: Path,
        manifest: str = "",
        extraction: Extraction | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Add a publication, or replace the one of the same id: all of it, or nothing.

        `progress` is told how many documents have been indexed, and of how many.
        """
        self._publisher.publish(
            record, source=source, manifest=manifest, extraction=extraction, progress=progress
        )

    def publish_all(self, states: Iterable[NewState], *, progress: Progress | None = None) -> None:
        """Add or replace several publications in one step: all of them, or none."""
        self._publisher.publish_all(states, progress)

    def remove(self, publication: str) -> None:
        """Take a publication away. Its addresses answer from then on that it was removed."""
        self._publisher.remove(publication)

    def reindex(self, progress: Progress | None = None) -> None:
        """Make the index anew from the records; searches use the old one meanwhile."""
        self._publisher.reindex(progress)

    def settle(self) -> None:
        """Finish or undo what a broken-off change has left; leave it to others if they may."""
        try:
            self._publisher.settle()
        except LibraryError:
            # Another process writes and will see to it, or this one may only read. Reading goes
            # on: what is searched and shown of it is what was indexed.
            return

    def check(self) -> tuple[Finding, ...]:
        """Say what is wrong and what to do about it; nothing is good news."""
        return tuple(find_faults(self._folder, self._generations))

    def close(self) -> None:
        """Let go of files."""
        self._generations.close()

    # ---- within

    def _page_labels(self) -> Callable[[str, int], str]:
        """Return what tells what is printed on a page; records are read when they are needed."""

        @cache
        def labels(publication: str) -> dict[int, str]:
            try:
                return self._record(publication).record.page_labels()
            except CasebookError:
                return {}

        return lambda publication, page: labels(publication).get(page, "")

    def _read(self, ask: Callable[[Source], Answer]) -> Answer:
        """Ask the index that counts; ask anew where another has taken its place meanwhile."""
        settings = self.settings
        tries = 0
        while True:
            engine = self._generations.engine()
            tries += 1
            try:
                return ask(Source(engine, settings.widen_below, settings.most_hits))
            except LibraryError:
                if tries > _TRIES or self._generations.engine() is engine:
                    raise

    def _indexed(self) -> Mapping[str, str] | None:
        """Return what the index holds; None where there is none that can be used."""
        try:
            return self._generations.engine().digests()
        except LibraryError:
            return None

    def _record(self, publication: str) -> StoredRecord:
        indexed = self._indexed()
        if publication in self._leaving(indexed):
            raise NotFoundError(f"“{publication}” has just been removed")
        return self._folder.record(publication, (indexed or {}).get(publication, ""))

    def _leaving(self, indexed: Mapping[str, str] | None) -> set[str]:
        """Return what the index has let go of, while its folder is still there."""
        if indexed is None:
            return set()
        return {name for name in self._folder.removals() if name not in indexed}

    def _stored(self) -> list[StoredRecord | Finding]:
        """Return every record, or why it cannot be read."""
        indexed = self._indexed()
        known = indexed or {}
        found: list[StoredRecord | Finding] = []
        names = (set(self._folder.ids()) | known.keys()) - self._leaving(indexed)
        for name in sorted(names):
            try:
                found.append(self._folder.record(name, known.get(name, "")))
            except CasebookError as error:
                if name in self._folder.ids() or name in (self._indexed() or {}):
                    found.append(finding_of(error, name))
        return found

    def _buried(self, address: str) -> Resolution:
        """Say whether an address belonged to a publication that was removed."""
        publication, _, place = address.partition("/")
        tombstone = self._folder.tombstone(publication)
        return tombstone.resolve(place) if tombstone else Resolution("never")
