"""Where comments lie by meaning: made once at the run, read by the map and the search.

Vectors are kept as one byte for each number. A search embeds the words that somebody typed, and
nothing else; the map reads two numbers for each clause and needs no model at all.
"""

import array
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.models.records import RunMap
from analysis.models.store import AnalysisRun, ProposedCoding

if TYPE_CHECKING:
    from analysis.embeddings.embedding import Embedder, Vectors

FULL, FULL_PLACE = 127, 32767
HEXAGON = 20.0
MOST_IN_SIGHT = 0.95
SPACE = 2.4
ROUNDS = 200
TWIST = 0.2  # so that themes in one line make room sideways
CROWD = 30
Clause = tuple[str, str, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """A theme on the map: where it lies and how large it is drawn, in the map's own units."""

    key: str
    x: float
    y: float
    radius: float


class Known:
    """Reads with what a run has read already; only words that are new reach the model.

    The vectors kept are whole numbers of one byte, so they are near to what the model says, not
    equal to it: enough for a suggestion or a place on the map.
    """

    def __init__(
        self, session: Session, run: AnalysisRun, embedder: "Embedder | None" = None
    ) -> None:
        from analysis.embeddings.remembered import remembering  # noqa: PLC0415  # numpy

        self._model = remembering(embedder)
        self._known = _vectors_by_words(session, run, self._model.name)

    @property
    def name(self) -> str:
        """Return the name of the model that reads."""
        return self._model.name

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> "Vectors":
        """Return an array of one unit row a text."""
        import numpy as np  # noqa: PLC0415  # only a worker pays for it

        new = sorted({text for text in texts if text not in self._known})
        read = dict(zip(new, self._model.embed(new, progress), strict=True)) if new else {}
        rows = [read[text] if text in read else self._known[text] for text in texts]
        return np.stack(rows) if rows else self._model.embed([])


def make_map(
    session: Session,
    run: AnalysisRun,
    progress: Callable[[int, int], None] | None = None,
    *,
    embedder: "Embedder | None" = None,
) -> RunMap | None:
    """Place every clause of a run by its meaning, once; None when it has no clauses."""
    import numpy as np  # noqa: PLC0415  # only a worker pays for it

    from analysis.embeddings.embedding import default_embedder  # noqa: PLC0415  # and for the model
    from analysis.themes.proposals import for_machine  # noqa: PLC0415  # and for what reads alike

    there = session.get(RunMap, run.id)
    found = _clauses(session, run)
    if there is not None or not found:
        return there
    model = embedder or default_embedder()
    vectors = model.embed([for_machine(text) for _, text in found], progress)
    places, share = _two_directions(vectors)
    made = RunMap(
        run_id=run.id,
        model=model.name,
        rows=len(found),
        dimensions=vectors.shape[1],
        vectors=np.rint(vectors * FULL).clip(-FULL, FULL).astype("int8").tobytes(),
        places=np.rint(places * FULL_PLACE).astype("<i2").tobytes(),
        shares=round(100 * share),
    )
    session.add(made)
    session.flush()
    return made


def places(session: Session, run: AnalysisRun) -> dict[Clause, Point]:
    """Return where each clause lies, from -1 to 1 in both directions; empty without a map."""
    kept = session.get(RunMap, run.id)
    if kept is None:
        return {}
    numbers = array.array("h", kept.places)
    if sys.byteorder == "big":
        numbers.byteswap()
    clauses = [clause for clause, _ in _clauses(session, run)]
    if len(clauses) != kept.rows:
        return {}
    return {
        clause: (numbers[2 * n] / FULL_PLACE, numbers[2 * n + 1] / FULL_PLACE)
        for n, clause in enumerate(clauses)
    }


def nearest(
    session: Session,
    run: AnalysisRun,
    words: str,
    limit: int,
    *,
    embedder: "Embedder | None" = None,
) -> list[tuple[Clause, float]] | None:
    """Return the clauses nearest in meaning to some words, with likeness; None without a map."""
    import numpy as np  # noqa: PLC0415  # only this search pays for it

    from analysis.embeddings.embedding import default_embedder  # noqa: PLC0415  # and for the model

    kept = session.get(RunMap, run.id)
    clauses = [clause for clause, _ in _clauses(session, run)]
    if kept is None or kept.rows != len(clauses):
        return None
    asked = (embedder or default_embedder()).embed([words])[0]
    vectors = np.frombuffer(kept.vectors, dtype="int8").reshape(kept.rows, kept.dimensions)
    likeness = vectors.astype("float32") @ asked / FULL
    best = np.argsort(-likeness, kind="stable")[:limit]
    return [(clauses[row], float(likeness[row])) for row in best]


def cells(
    where: Mapping[str, Sequence[Point]], people: Mapping[str, int | None], size: float
) -> list[Cell]:
    """Return one hexagon for each theme, at the middle of its comments and beside no other.

    Args:
        where: places of each theme's clauses, from -1 to 1.
        people: how many raised it, by which its area grows; None where that is not shown.
        size: width of the map; hexagons stay inside.
    """
    most = max([n for n in people.values() if n] or [1])
    hexagon = HEXAGON * min(1.0, math.sqrt(CROWD / max(len(where), 1)))
    drawn = [
        Cell(
            key,
            size / 2 * (1 + 0.8 * sum(x for x, _ in points) / len(points)),
            size / 2 * (1 + 0.8 * sum(y for _, y in points) / len(points)),
            hexagon * (0.7 + 1.3 * math.sqrt((people.get(key) or 0) / most)),
        )
        for key, points in sorted(where.items())
        if points
    ]
    for _ in range(ROUNDS):
        drawn = [_pushed(cell, drawn, size) for cell in drawn]
    return drawn


def _pushed(cell: Cell, others: Sequence[Cell], size: float) -> Cell:
    """Move a cell away from those it overlaps, a little at a time."""
    x, y = cell.x, cell.y
    for place, other in enumerate(others):
        if other.key == cell.key:
            continue
        apart = math.hypot(cell.x - other.x, cell.y - other.y)
        overlap = cell.radius + other.radius + SPACE - apart
        if overlap > 0:
            angle = math.atan2(cell.y - other.y, cell.x - other.x) if apart else float(place)
            angle += TWIST
            x, y = x + math.cos(angle) * overlap / 3, y + math.sin(angle) * overlap / 3
    edge = cell.radius + SPACE
    return Cell(
        cell.key, min(max(x, edge), size - edge), min(max(y, edge), size - edge), cell.radius
    )


def _vectors_by_words(session: Session, run: AnalysisRun, model: str) -> "dict[str, Vectors]":
    """Return the kept vector of each clause by its words; none where another model made them."""
    import numpy as np  # noqa: PLC0415  # only a worker pays for it

    from analysis.embeddings.embedding import unit_rows  # noqa: PLC0415
    from analysis.themes.proposals import for_machine  # noqa: PLC0415

    kept, clauses = session.get(RunMap, run.id), _clauses(session, run)
    if kept is None or kept.rows != len(clauses) or kept.model != model:
        return {}
    whole = np.frombuffer(kept.vectors, dtype="int8").reshape(kept.rows, kept.dimensions)
    rows = unit_rows(whole.astype("float32"))
    return {for_machine(text): row for (_, text), row in zip(clauses, rows, strict=True)}


def _clauses(session: Session, run: AnalysisRun) -> list[tuple[Clause, str]]:
    rows = session.execute(
        select(
            ProposedCoding.response_id,
            ProposedCoding.question,
            ProposedCoding.segment,
            ProposedCoding.redacted_text,
        ).where(ProposedCoding.run_id == run.id, ProposedCoding.set_aside_reason.is_(None))
    )
    return sorted(((row[0], row[1], row[2]), row[3]) for row in rows)


def _two_directions(vectors: "Vectors") -> "tuple[Vectors, float]":
    """Return places of shape (n, 2) from -1 to 1 along the two widest directions, and their share.

    The sign of a direction means nothing, so the largest number of each is made positive. The
    few that lie furthest out are drawn at the edge, so that all others have room.
    """
    import numpy as np  # noqa: PLC0415  # as above

    centred = (vectors - vectors.mean(axis=0)).astype("float64")
    spread, directions = np.linalg.eigh(centred.T @ centred)
    widest = directions[:, ::-1][:, :2]
    widest = widest * np.sign(widest[np.abs(widest).argmax(axis=0), [0, 1]])
    flat = centred @ widest
    reach = np.quantile(np.abs(flat).max(axis=1), MOST_IN_SIGHT) or 1.0
    total = spread.sum()
    return (flat / reach).clip(-1, 1).astype("float32"), float(
        spread[-2:].sum() / total
    ) if total > 0 else 0.0


def share_shown(session: Session, run: AnalysisRun) -> int | None:
    """Return how many hundredths of all differences the map can show; None without a map."""
    kept = session.get(RunMap, run.id)
    return None if kept is None else kept.shares
