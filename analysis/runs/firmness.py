"""How firm the themes in use are, in plain words, with what the machine suggests for them.

Figures are those of the proposals as the machine made them. A theme that somebody joined out of
several has none of its own: it was not tested as it is now.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.decided import frame, trees
from analysis.decided.reading_order import Line
from analysis.models.prepared_store import ThemeStance, ThemeSuggestion
from analysis.models.store import AnalysisRun, ProposedCoding, ProposedTheme, Theme
from analysis.models.tree_store import RunProof, ThemeFacts
from analysis.runs.unchanged import ONLY_PEOPLES_WORD, Unchanged
from analysis.themes import acceptance, minority
from analysis.themes.acceptance import Facts
from analysis.themes.minority import Guarded
from analysis.themes.results import Finding

OFTEN_TOGETHER, SOMETIMES_TOGETHER = 0.0, -0.25
WELL_APART = 0.5
SUGGESTED = ("name", "starter_code", "ambition")
_AGREEMENT: Unchanged[dict[str, float]] = Unchanged(besides=ONLY_PEOPLES_WORD)

RULES: Mapping[str, str] = {
    "too_many_themes": (
        "More than {limit} themes. A reader cannot hold so many in mind, and with so few"
        " comments in each, reading them all is quicker. Ask for fewer, or join some."
    ),
    "thin_themes": (
        "Themes of fewer than {limit} comments. Another survey might not find them, and they"
        " may matter to a small group: join them, or keep them and say why. Never drop them."
    ),
    "overlapping_themes": (
        "Themes that lie so near another that their comments could as well be there. Join them, or"
        " say in what they mean which comments belong where."
    ),
    "unstable_themes": (
        "Themes that dissolve when a fifth of the people had not answered. Their comments are real,"
        " their border is not: read them before you use their number."
    ),
}
"""What an acceptance rule that is not met asks for; `analysis.themes.acceptance` says why."""


@dataclass(frozen=True)
class Firm:
    """What is known of one theme.

    Attributes:
        tested: the theme is one proposal as the machine made it, so its figures hold.
        found_again: in how many resamples it was found again, or None.
        resamples: of how many.
        agree: in how many of ten comments a person would agree, by the machine's reckoning.
        suggested: the best suggestion of each kind.
        looked: the machine looked for suggestions.
    """

    tested: bool
    found_again: int | None = None
    resamples: int = 0
    coherence: float | None = None
    distinctness: float | None = None
    stability: float | None = None
    agree: int | None = None
    suggested: Mapping[str, ThemeSuggestion] = field(default_factory=dict)
    looked: bool = False

    @property
    def is_mixed(self) -> bool:
        """Tell whether no piece of what people wrote speaks for enough of its comments to name it.

        Where suggestions were looked for, a name alone may be missing.
        """
        return self.looked and "name" not in self.suggested

    @property
    def again(self) -> str:
        """Say how often it was found again."""
        if not self.tested:
            return "Not tested: people put it together"
        if self.found_again is None or not self.resamples:
            return "Not tested for this number of themes"
        return f"Found again in {self.found_again} of {self.resamples} resamples"

    @property
    def words(self) -> str:
        """Say whether its words belong together."""
        if self.coherence is None:
            return ""
        if self.coherence >= OFTEN_TOGETHER:
            return "Its words are often used together"
        if self.coherence >= SOMETIMES_TOGETHER:
            return "Its words are sometimes used together"
        return "Its words are seldom used together"

    @property
    def apart(self) -> str:
        """Say how far it is from the next theme."""
        if self.distinctness is None:
            return ""
        if self.distinctness >= WELL_APART:
            return "Well apart from every other theme"
        if self.distinctness >= acceptance.LEAST_DISTINCT:
            return "Apart from every other theme"
        return "Very near to another theme"

    @property
    def sure(self) -> str:
        """Say how often a person would agree with the machine."""
        if self.agree is None:
            return ""
        return f"A person would agree with about {self.agree} of 10 of its comments"


@dataclass(frozen=True)
class Unmet:
    """An acceptance rule that the themes in use do not meet, with the themes it is about."""

    sentence: str
    themes: tuple[Theme, ...]


def of_themes(session: Session, run: AnalysisRun, themes: Sequence[Theme]) -> dict[str, Firm]:
    """Return what is known of each theme in use, by its id."""
    sources = [source for theme in themes for source in _sources(run, theme)]
    facts = trees.facts_of(session, sources)
    agree = _AGREEMENT.of(session, run.id, lambda: _agreement(session, run))
    best = _best(session, [source.id for source in sources])
    looked = _looked(session, [source.id for source in sources])
    proof = session.get(RunProof, run.id)
    resamples = proof.resamples if proof else 0
    return {
        theme.id: _firm(_sources(run, theme), facts, agree, best, resamples, looked)
        for theme in themes
    }


def unmet(
    run: AnalysisRun, themes: Sequence[Theme], firm: Mapping[str, Firm], lines: Iterable[Line]
) -> list[Unmet]:
    """Return the acceptance rules that the themes in use do not meet."""
    answers = {theme.id: 0 for theme in themes}
    for line in lines:
        for theme_id in () if line.gone else line.theme_ids:
            if theme_id in answers:
                answers[theme_id] += 1
    numbered = dict(enumerate(themes, start=1))
    facts = [
        Facts(number, answers[t.id], firm[t.id].stability, firm[t.id].distinctness)
        for number, t in numbered.items()
    ]
    found = acceptance.findings(facts, run.themed) if themes else ()
    return [_told(finding, numbered) for finding in found]


def guarded(
    themes: Sequence[Theme], lines: Iterable[Line], bases: Mapping[str, int], *, threshold: int
) -> list[tuple[Theme, str]]:
    """Return the themes that the minority guard keeps, with what a report may say of each.

    The words say no audience: they name only how few, or that the group is one little heard.
    """
    about: dict[str, set[int]] = {}
    groups: dict[str, str] = {}
    number = {theme.id: place for place, theme in enumerate(themes)}
    for line in lines:
        if not line.gone:
            groups[line.response_id] = line.audience
            own = about.setdefault(line.response_id, set())
            own.update([number[key] for key in line.theme_ids if key in number])
    found = minority.guarded(
        about, groups, listened_for=frame.under_heard(bases), min_people=threshold
    )
    kept: dict[int, Guarded] = {}
    for one in found:
        kept.setdefault(one.theme, one)
    mostly = "raised above all by people of a group that is little heard"
    return [
        (themes[one.theme], f"raised by {one.shown}" if one.shown else mostly)
        for one in kept.values()
    ]


def _sources(run: AnalysisRun, theme: Theme) -> list[ProposedTheme]:
    return [one for one in theme.sources if one.in_force and one.run_id == run.id]


def _firm(
    sources: Sequence[ProposedTheme],
    facts: Mapping[str, ThemeFacts],
    agree: Mapping[str, float],
    best: Mapping[str, dict[str, ThemeSuggestion]],
    resamples: int,
    looked: AbstractSet[str],
) -> Firm:
    own = [source.id for source in sources]
    if len(own) != 1:
        return Firm(tested=False)
    if own[0] not in facts:
        return Firm(tested=False, suggested=best.get(own[0], {}), looked=own[0] in looked)
    known = facts[own[0]]
    share = agree.get(own[0])
    return Firm(
        tested=True,
        found_again=known.found_again,
        resamples=resamples,
        coherence=known.coherence,
        distinctness=known.distinctness,
        stability=known.stability if resamples else None,
        agree=None if share is None or not resamples else round(10 * share),
        suggested=best.get(own[0], {}),
        looked=own[0] in looked,
    )


def _agreement(session: Session, run: AnalysisRun) -> dict[str, float]:
    """Return the mean confidence of each proposed theme's clauses."""
    rows = session.execute(
        select(ProposedCoding.proposed_theme_id, func.avg(ProposedCoding.confidence))
        .where(ProposedCoding.run_id == run.id, ProposedCoding.proposed_theme_id.is_not(None))
        .group_by(ProposedCoding.proposed_theme_id)
    )
    return {str(theme): float(mean) for theme, mean in rows}


def _best(session: Session, proposals: Sequence[str]) -> dict[str, dict[str, ThemeSuggestion]]:
    """Return the best suggestion of each kind for each proposed theme."""
    found: dict[str, dict[str, ThemeSuggestion]] = {}
    for row in session.scalars(
        select(ThemeSuggestion).where(
            ThemeSuggestion.proposed_theme_id.in_(proposals), ThemeSuggestion.place == 1
        )
    ):
        found.setdefault(row.proposed_theme_id, {})[row.kind] = row
    return found


def _looked(session: Session, proposals: Sequence[str]) -> set[str]:
    """Return the proposals for which suggestions were looked for: how people speak always is."""
    mine = select(ThemeStance.proposed_theme_id).where(ThemeStance.proposed_theme_id.in_(proposals))
    return set(session.scalars(mine))


def _told(finding: Finding, numbered: Mapping[int, Theme]) -> Unmet:
    sentence = RULES[finding.rule].format(limit=math.ceil(finding.limit))
    return Unmet(sentence, tuple(numbered[number] for number in finding.themes))
