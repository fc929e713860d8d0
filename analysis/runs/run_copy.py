"""Copying what hangs on a run to the run that carries it on, so that nothing of it moves.

What the machine found and what people did with it (corrected clauses, second readings) go along;
only answers that are still in the newer snapshot do.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, case, insert, inspect, literal, select, update
from sqlalchemy.orm import Session

from analysis.models.assist_records import SecondDraw, SuggestedCode, Suggestion
from analysis.models.copies_store import CopyGroup, CopyMember
from analysis.models.prepared_store import OtherLanguage, ThemeExample, ThemeStance, ThemeSuggestion
from analysis.models.redacted_store import RedactedStretch
from analysis.models.store import AnalysisRun, CorrectedClause, ProposedCoding, ProposedTheme
from analysis.models.tree_store import RunProof, RunTree, ThemeFacts
from engage.orm import Base
from surveys.models import SnapshotResponse

OF_CLAUSES: tuple[type[Base], ...] = (
    ProposedCoding,
    CorrectedClause,
    OtherLanguage,
    RedactedStretch,
    Suggestion,
    SuggestedCode,
)
OF_THEMES: tuple[type[Base], ...] = (ThemeFacts, ThemeSuggestion, ThemeStance, ThemeExample)
OF_RUNS: tuple[type[Base], ...] = (RunTree, RunProof)


def copy(session: Session, earlier: AnalysisRun, later: AnalysisRun) -> dict[str, str]:
    """Copy everything that hangs on the earlier run; return new ids of its proposed themes."""
    themes = _themes(session, earlier, later)
    inside = select(SnapshotResponse.response_id).where(
        SnapshotResponse.snapshot_id == later.snapshot_id
    )
    for model in OF_CLAUSES:
        columns = _columns(model)
        _insert(
            session, model, _values(columns, later.id, themes),
            columns["run_id"] == earlier.id, columns["response_id"].in_(inside),
        )  # fmt: skip
    for model in OF_THEMES:
        columns = _columns(model)
        where = [columns["proposed_theme_id"].in_(list(themes))]
        if "response_id" in columns:
            where.append(columns["response_id"].in_(inside))
        _insert(session, model, _values(columns, later.id, themes), *where)
    for model in OF_RUNS:
        columns = _columns(model)
        _insert(session, model, _values(columns, later.id, {}), columns["run_id"] == earlier.id)
    _copy_groups(session, earlier, later)
    session.execute(
        update(SecondDraw).where(SecondDraw.run_id == earlier.id).values(run_id=later.id)
    )
    session.flush()
    session.expire_all()
    return themes


def _themes(session: Session, earlier: AnalysisRun, later: AnalysisRun) -> dict[str, str]:
    rows = session.scalars(select(ProposedTheme).where(ProposedTheme.run_id == earlier.id)).all()
    copies = {
        row.id: ProposedTheme(
            run_id=later.id, number=row.number, label=row.label, words=row.words,
            documents=row.documents, in_force=row.in_force,
        )
        for row in rows
    }  # fmt: skip
    session.add_all(copies.values())
    session.flush()
    return {key: made.id for key, made in copies.items()}


def _columns(model: type[Base]) -> dict[str, ColumnElement[Any]]:
    return {name: column.columns[0] for name, column in inspect(model).column_attrs.items()}


def _values(
    columns: Mapping[str, ColumnElement[Any]], run_id: str, themes: Mapping[str, str]
) -> dict[str, ColumnElement[Any]]:
    """Return the columns as they are in the copy: of the later run and its themes."""
    values = dict(columns)
    if "run_id" in values:
        values["run_id"] = literal(run_id)
    if "proposed_theme_id" in values and themes:
        values["proposed_theme_id"] = case(dict(themes), value=columns["proposed_theme_id"])
    return values


def _insert(
    session: Session,
    model: type[Base],
    values: Mapping[str, ColumnElement[Any]],
    *where: ColumnElement[bool],
) -> None:
    chosen = select(*(value.label(name) for name, value in values.items())).where(*where)
    session.execute(insert(model).from_select(list(values), chosen))


def _copy_groups(session: Session, earlier: AnalysisRun, later: AnalysisRun) -> None:
    for group in session.scalars(select(CopyGroup).where(CopyGroup.run_id == earlier.id)).all():
        members = [
            CopyMember(
                response_id=one.response_id, question=one.question, identical=one.identical,
                likeness=one.likeness, additions=one.additions,
            )
            for one in group.members
        ]  # fmt: skip
        session.add(
            CopyGroup(
                run_id=later.id, key=group.key, shared_text=group.shared_text, texts=group.texts,
                members=members,
            )
        )  # fmt: skip
