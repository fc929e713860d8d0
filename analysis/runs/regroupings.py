"""Fewer, broader or more, finer themes for a stored run: asked for, weighed, done, taken back.

Nothing is embedded again: the tree of the run is cut elsewhere. What people decided about stays as
it is: a theme that somebody approved, named, joined or coded a comment in keeps its comments, and
only the others are proposed anew. Where people coded comments of such a proposal, the cut keeps
to what they said (`analysis.engine.lessons`).
"""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from analysis.decided import changes, queries, trail, trees
from analysis.models.store import AnalysisRun, ProposedCoding, ProposedTheme, Theme
from analysis.models.tree_store import Regrouping
from analysis.preparation.identity import document_id
from analysis.runs import suggested
from analysis.runs.undecided import Standing, standing
from engage import audit, jobs
from engage.settings import Settings

if TYPE_CHECKING:
    from analysis.embeddings.embedding import Embedder
    from analysis.themes.results import ProposedTheme as Found


class NothingToRegroupError(ValueError):
    """People have decided about every theme, so there is none to propose anew."""


def ask(
    session: Session, run: AnalysisRun, *, themes: int, why: str, actor: str, now: dt.datetime
) -> jobs.Job:
    """Put another number of themes on the worker's list.

    Raises:
        NoTreeKeptError: the run holds no tree.
        NothingToRegroupError: people have decided about every theme.
    """
    require_free(standing(session, run))
    wish = Regrouping(run_id=run.id, themes=themes, why=why.strip(), asked_by=actor, asked_at=now)
    session.add(wish)
    session.flush()
    audit.record(
        session, actor=actor, verb="asked_for_themes", object_type="regrouping", object_id=wish.id,
        now=now,
    )  # fmt: skip
    return jobs.enqueue(session, "regroup", wish.id, asked_by=actor, now=now)


def require_free(found: Standing) -> None:
    """Raise NothingToRegroupError where people have decided about everything."""
    if not found.free:
        message = (
            "Somebody has decided about every theme, so none is proposed anew. Join, split or nest"
            " themes by hand instead."
        )
        raise NothingToRegroupError(message)


@jobs.handler("regroup")
def regroup_run(
    session: Session,
    job: jobs.Job,
    progress: Callable[[str, int, int], None],
    *,
    settings: Settings,
    now: dt.datetime,
) -> None:
    """Propose the number of themes that somebody asked for; done already, nothing happens."""
    from analysis.runs import meaning  # noqa: PLC0415  # as the next
    from analysis.runs.services import code_lists  # noqa: PLC0415  # it knows of this module's undoing

    del settings
    wish = session.get_one(Regrouping, job.subject_id)
    if wish.change_id is not None:
        return
    progress("Finding themes", 0, 2)
    run = session.get_one(AnalysisRun, wish.run_id)
    reader = meaning.Known(session, run)
    regroup(session, wish, now=now, reader=reader, lists=code_lists(now.date()))
    progress("Finding themes", 2, 2)


def regroup(
    session: Session,
    wish: Regrouping,
    *,
    now: dt.datetime,
    reader: "Embedder | None" = None,
    lists: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Theme]:
    """Propose as many themes as were asked for; return the new ones.

    Args:
        session: open.
        wish: not done yet.
        now: when.
        reader: the sentence model that names them; without one they get no suggestions.
        lists: codes to suggest.

    Raises:
        NothingToRegroupError: people have decided about every theme meanwhile.
    """
    run = session.get_one(AnalysisRun, wish.run_id)
    found = standing(session, run)
    require_free(found)
    replaced = sorted(set(found.free.values()))
    named = named_anew(session, run, found.groups(wish.themes))
    if reader is not None:
        named = _with_suggestions(session, run, named, reader, lists or {})
    made: list[Theme] = []
    touched = [*found.open]
    with changes.change(
        session, run.consultation_id, "regrouped", themes=touched, actor=wish.asked_by, now=now,
        why=wish.why,
    ) as change:  # fmt: skip
        wish.change_id, wish.found, wish.replaced = change.id, len(named), " ".join(replaced)
        session.flush()
        made = [_open(session, run, one, now) for one in _rows(session, run, wish, named)]
        touched.extend(made)
        trees.turn(session, run, replaced, [theme.sources[0].id for theme in made])
        for theme in found.open:
            theme.retired_at = now
            trail.note(session, change, theme, "regrouped", theme.name, f"{wish.found} themes")
        for theme in made:
            trail.note(session, change, theme, "proposed", "", theme.name)
    return made


def named_anew(
    session: Session, run: AnalysisRun, groups: Mapping[int, int]
) -> tuple["Found", ...]:
    """Return groups of leaves as themes with words and examples, the largest first.

    Words that were taken back, left out or held since the run name nothing.
    """
    from analysis.themes.describing import Placed  # noqa: PLC0415  # heavy
    from analysis.themes.regrouping import named_groups  # noqa: PLC0415

    placed = [
        Placed(
            document_id=document_id(row.response_id, row.question),
            segment=row.segment,
            text=row.words,
            group=groups[row.leaf],
            is_primary=row.is_primary,
            closeness=row.confidence,
        )
        for row in session.execute(_clauses(run, groups))
    ]
    examples = json.loads(run.settings).get("examples") or 0
    return named_groups(placed, groups, examples=int(examples))[0]


def _clauses(run: AnalysisRun, leaves: Mapping[int, int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            ProposedCoding.response_id,
            ProposedCoding.question,
            ProposedCoding.segment,
            ProposedCoding.leaf,
            ProposedCoding.is_primary,
            ProposedCoding.confidence,
            case((queries.may_be_read(), ProposedCoding.shown_text), else_="").label("words"),
        )
        .where(ProposedCoding.run_id == run.id, ProposedCoding.leaf.in_(list(leaves)))
        .order_by(ProposedCoding.place)
    )


def _rows(
    session: Session, run: AnalysisRun, wish: Regrouping, named: Sequence["Found"]
) -> list[ProposedTheme]:
    """Store themes beside those that were proposed before, with numbers that go on."""
    newest = select(func.max(ProposedTheme.number)).where(ProposedTheme.run_id == run.id)
    offset = session.scalar(newest) or 0
    rows = [
        ProposedTheme(
            run_id=run.id, number=offset + theme.number, label=theme.label,
            words=", ".join(theme.words), documents=theme.documents,
        )
        for theme in named
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    ids = {theme.number: row.id for theme, row in zip(named, rows, strict=True)}
    session.add_all(trees.facts(theme, ids[theme.number], wish.id) for theme in named)
    suggested.save(session, named, ids)
    return rows


def _open(session: Session, run: AnalysisRun, row: ProposedTheme, now: dt.datetime) -> Theme:
    theme = Theme(
        consultation_id=run.consultation_id, name=row.label, easy_name="", created_at=now,
        sources=[row],
    )  # fmt: skip
    session.add(theme)
    session.flush()
    return theme


def _with_suggestions(
    session: Session,
    run: AnalysisRun,
    named: tuple["Found", ...],
    reader: "Embedder",
    lists: Mapping[str, Mapping[str, str]],
) -> tuple["Found", ...]:
    from analysis.themes import suggestions  # noqa: PLC0415  # numpy
    from analysis.themes.results import Coding as Proposed  # noqa: PLC0415

    home = {leaf: theme.number for theme in named for leaf in theme.leaves}
    languages = suggested.languages(session, run)
    codings = [
        Proposed(
            document_id=document_id(row.response_id, row.question), segment=row.segment,
            text=row.words, theme=home[row.leaf], is_primary=row.is_primary,
            confidence=row.confidence, needs_review=False, set_aside=None,
            language=languages.get((row.response_id, row.question), "en"),
        )
        for row in session.execute(_clauses(run, home))
        if row.words
    ]  # fmt: skip
    return suggestions.suggest(named, codings, {}, lists, reader)
