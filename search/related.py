"""Related: what is like a case or a section, what a case is about.

In:  an address (`publication/case`, `publication/case/section`), or its path in a link; also one
     that has moved.
Out: `Similar`: its key terms, and what shares them; `Topic`s. The engine says how.
Errors: NotFoundError where no case or section stands there.
"""

from __future__ import annotations

from collections.abc import Callable

from search.engine import Engine
from search.errors import NotFoundError
from search.likeness_index import LikenessEngine, LikenessIndex, Similar, Topic
from search.permalinks import Resolution, address_of

MOST_SIMILAR = 100

_DEEPEST = 3  # publication, case, section


def more_like(
    address: str, engine: Engine, resolve: Callable[[str], Resolution], limit: int
) -> Similar:
    """Return what is like a case or section."""
    limit = min(max(limit, 0), MOST_SIMILAR)
    asked = address_of(address) or address.strip("/")
    if not isinstance(engine, LikenessEngine):
        return Similar(asked, (), ())
    index = engine.likeness_index()
    found = index.similar(asked, limit=limit) or _moved(asked, index, resolve, limit)
    if found is None:
        raise NotFoundError(
            "no case or section is found here",
            where=asked,
            fix="An address is PUBLICATION/CASE or PUBLICATION/CASE/SECTION",
        )
    return found


def topics_of(address: str, engine: Engine) -> tuple[Topic, ...]:
    """Return the topics of a case; none where there is no such case."""
    if not isinstance(engine, LikenessEngine):
        return ()
    return tuple(engine.likeness_index().topics(address_of(address) or address.strip("/")))


def has_topics(engine: Engine) -> bool:
    """Tell whether topics can be had without waiting."""
    return not isinstance(engine, LikenessEngine) or engine.likeness_index().has_topics()


def _moved(
    address: str, index: LikenessIndex, resolve: Callable[[str], Resolution], limit: int
) -> Similar | None:
    resolution = resolve(address)
    if resolution.outcome not in {"found", "moved"}:
        return None
    return index.similar("/".join(resolution.address.split("/")[:_DEEPEST]), limit=limit)
