"""What a run suggested about its themes, kept beside them and read back for the page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.prepared_store import OtherLanguage, ThemeExample, ThemeStance, ThemeSuggestion
from analysis.models.store import AnalysisRun, ProposedCoding, ProposedTheme
from analysis.preparation.identity import answer_of

if TYPE_CHECKING:
    from analysis.themes.results import ProposedTheme as Found
    from analysis.themes.results import Suggestions


@dataclass
class About:
    """Everything suggested about one proposed theme, the best first.

    Attributes:
        theme: as the machine found it.
        names: (words, score), and so for codes by their kind.
        stances: (way of speaking, answers).
        examples: for "edge" and "dissenting" the redacted clauses that may be read.
    """

    theme: ProposedTheme
    names: list[ThemeSuggestion] = field(default_factory=list)
    codes: dict[str, list[ThemeSuggestion]] = field(default_factory=lambda: defaultdict(list))
    stances: list[ThemeStance] = field(default_factory=list)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def save(session: Session, themes: Iterable["Found"], ids: Mapping[int, str]) -> None:
    """Keep what was suggested about each theme; ids gives for its number the id of its row."""
    for theme in themes:
        if theme.suggestions:
            _save_one(session, ids[theme.number], theme.suggestions)
    session.flush()


def _save_one(session: Session, theme_id: str, about: "Suggestions") -> None:
    found = {"name": about.names, **dict(about.codes)}
    session.add_all(
        ThemeSuggestion(
            proposed_theme_id=theme_id, kind=kind, place=place, value=one.value, score=one.score
        )
        for kind, suggested in found.items()
        for place, one in enumerate(suggested, start=1)
    )
    session.add_all(
        ThemeStance(proposed_theme_id=theme_id, stance=way, answers=count)
        for way, count in about.stances
    )
    for kind, shown in (("edge", about.edge), ("dissenting", about.dissenting)):
        for place, (document_id, segment) in enumerate(shown, start=1):
            response_id, question = answer_of(document_id)
            session.add(
                ThemeExample(
                    proposed_theme_id=theme_id, kind=kind, place=place,
                    response_id=response_id, question=question, segment=segment,
                )
            )  # fmt: skip


def languages(session: Session, run: AnalysisRun) -> dict[tuple[str, str], str]:
    """Return the language of every answer of a run that is not in English."""
    rows = session.scalars(select(OtherLanguage).where(OtherLanguage.run_id == run.id))
    return {(row.response_id, row.question): row.language for row in rows}


def of_run(session: Session, run: AnalysisRun) -> list[About]:
    """Return what was suggested about each theme of a run, the largest theme first."""
    found = {theme.id: About(theme) for theme in run.proposals}
    mine = ProposedTheme.run_id == run.id
    for row in session.scalars(
        select(ThemeSuggestion)
        .join(ProposedTheme, ProposedTheme.id == ThemeSuggestion.proposed_theme_id)
        .where(mine)
        .order_by(ThemeSuggestion.kind, ThemeSuggestion.place)
    ):
        about = found[row.proposed_theme_id]
        (about.names if row.kind == "name" else about.codes[row.kind]).append(row)
    for stance in session.scalars(
        select(ThemeStance)
        .join(ProposedTheme, ProposedTheme.id == ThemeStance.proposed_theme_id)
        .where(mine)
        .order_by(ThemeStance.answers.desc(), ThemeStance.stance)
    ):
        found[stance.proposed_theme_id].stances.append(stance)
    _add_examples(session, run, found)
    return list(found.values())


def _add_examples(session: Session, run: AnalysisRun, found: Mapping[str, About]) -> None:
    rows = session.execute(
        select(ThemeExample, ProposedCoding.shown_text)
        .join(
            ProposedCoding,
            (ProposedCoding.response_id == ThemeExample.response_id)
            & (ProposedCoding.question == ThemeExample.question)
            & (ProposedCoding.segment == ThemeExample.segment),
        )
        .where(
            ProposedCoding.run_id == run.id,
            ThemeExample.proposed_theme_id.in_(found),
            queries.may_be_read(),
        )
        .order_by(ThemeExample.kind, ThemeExample.place)
    )
    for example, words in rows:
        found[example.proposed_theme_id].examples[example.kind].append(words)
