"""A small consultation with answers, a run made by hand, and a report that keeps every rule."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from analysis.models.store import AnalysisRun, ProposedCoding, ProposedTheme, Theme
from engage.consultations import Consultation
from engage.settings import Settings
from reports.models import Entry, Report
from reports.publishing import services
from surveys.models import Response, Snapshot, SnapshotResponse
from surveys.services.snapshots import content_hash
from tests.factories import NOW, ConsultationFactory
from tests.integration.reports import respondents
from tests.integration.reports.respondents import ACTOR, FILES, send_in

PEOPLE = {"parent_carer": 20, "professional": 12, "young_person": 8}


@dataclasses.dataclass(frozen=True)
class Plan:
    """One theme: its names, who raised it from the first of them on, and what they wrote."""

    name: str
    easy_name: str
    ambition: str
    people: Mapping[str, int]
    words: Sequence[str]
    approved: bool = True
    starter_code: str | None = None
    first: int = 0


WAITING = Plan(
    "Waiting for health help", "Health help without a long wait", "A2",
    {"parent_carer": 14, "professional": 6, "young_person": 5},
    ("We waited two years for an assessment", "The waiting list never moves at all"),
    starter_code="T09",
)  # fmt: skip
BUSES = Plan(
    "Getting to school", "Getting to school and back", "A3",
    {"parent_carer": 11, "professional": 2, "young_person": 0},
    ("The taxi is late and nobody rings us", "Transport changes without any warning"),
    starter_code="T22",
)  # fmt: skip
CLUBS = Plan(
    "Clubs that welcome everyone", "Clubs that welcome everyone", "A4",
    {"parent_carer": 6, "professional": 5, "young_person": 7},
    ("I want more clubs near my house", "There is no club that takes us"),
    starter_code="T10",
)  # fmt: skip
UNREAD = Plan(
    "Unread by people", "", "A6", {"parent_carer": 20, "professional": 12, "young_person": 8},
    ("Nothing much happened after that meeting",), approved=False,
)  # fmt: skip
THEMES = (WAITING, BUSES, CLUBS, UNREAD)


@dataclasses.dataclass
class Scenario:
    """Everything a test may want to hold of the small consultation."""

    consultation: Consultation
    run: AnalysisRun
    themes: dict[str, Theme]
    responses: dict[str, list[Response]]

    def entry(self, report: Report, plan: Plan) -> Entry:
        """Return the entry that answers a theme."""
        return next(e for e in report.entries if self.themes[plan.name] in e.themes)


def answered(
    session: Session,
    *,
    people: Mapping[str, int] = PEOPLE,
    plans: Sequence[Plan] = THEMES,
    secret: str = "s",  # noqa: S107  # of nobody
    demo: bool = False,
    slug: str = "send-strategy",
) -> Scenario:
    """Make a closed consultation with answers, a snapshot, a run and approved themes."""
    plan = ConsultationFactory(
        slug=slug, title="SEND Strategy 2026-29", closed=True, is_demo=demo,
        decision_on=dt.date(2026, 2, 20),
    )  # fmt: skip
    responses = {code: send_in(session, plan, code, n, secret) for code, n in people.items()}
    everybody = [response for group in responses.values() for response in group]
    run = _run(session, plan, _snapshot(session, plan, everybody), len(everybody))
    themes = {p.name: _theme(session, plan, run, p, i, responses) for i, p in enumerate(plans)}
    return Scenario(plan, run, themes, responses)


def counted_again(session: Session, scenario: Scenario, late: Mapping[str, int]) -> AnalysisRun:
    """Let more answers come in late, raise the first theme, and take another snapshot of all."""
    for audience, count in late.items():
        known = scenario.responses[audience]
        version, question = known[0].survey_version_id, FILES[audience][1]
        known += respondents.persons(session, version, question, [1] * count, "s")
    everybody = [one for group in scenario.responses.values() for one in group]
    taken_at = NOW + dt.timedelta(days=30)
    snapshot = _snapshot(session, scenario.consultation, everybody, taken_at)
    run = _run(session, scenario.consultation, snapshot, len(everybody))
    run.finished_at = NOW + dt.timedelta(days=31)
    for number, plan in enumerate(THEMES):
        proposal = ProposedTheme(run_id=run.id, number=number, label="x", words="a", documents=1)
        scenario.themes[plan.name].sources.append(proposal)
        session.flush()
        for audience, people in scenario.responses.items():
            new = people[-late[audience] :] if late.get(audience) and plan is THEMES[0] else []
            for one in {*people[: plan.people[audience]], *new}:
                session.add(_coding(run, one, audience, number, proposal, plan))
    session.flush()
    session.expire_all()
    return run


def reported(session: Session, scenario: Scenario) -> Report:
    """Build the report and write it so that every rule is kept."""
    report = services.build(session, scenario.consultation, actor=ACTOR, now=NOW)
    services.write_front(session, report, FRONT, actor=ACTOR, now=NOW)
    for entry in report.entries:
        services.write_saying(session, entry, saying(entry), actor=ACTOR, now=NOW)
    decided(session, report)
    for entry in report.entries:
        services.respond_to(session, entry, REPLIES[entry.position % 3], actor=ACTOR, now=NOW)
    return report


def decided(session: Session, report: Report) -> None:
    """Approve the findings and record what was decided about them."""
    services.approve_findings(session, report, actor=ACTOR, now=NOW)
    services.record_decision(
        session, report, decided_by="The partnership board", decided_on=dt.date(2026, 2, 20),
        considered="The findings with every theme and its counts.", actor=ACTOR, now=NOW,
    )  # fmt: skip


def saying(entry: Entry) -> services.Saying:
    """Return what families said, in both editions."""
    return services.Saying(
        title=entry.title,
        easy_title=entry.easy_title,
        said_text="We wait far too long, and nobody tells us what happens next.",
        said_easy="[wait] You wait too long.\n[dont_know] No one tells you why.",
        also_said="Some families said that help was good once it came.",
    )


def published(session: Session, scenario: Scenario, settings: Settings) -> Report:
    """Build, write and publish."""
    report = reported(session, scenario)
    services.publish(session, report, settings=settings, actor=ACTOR, now=NOW)
    return report


FRONT = services.Front(
    title="You said, we did: SEND Strategy 2026-29",
    easy_title="You said, we did",
    summary="You told us that help comes too late, so we put a date to what comes next.",
    easy_summary="[listen] You told us that help comes late.\n[calendar] We now say when.",
    not_heard="We heard from few families who speak little English.",
    easy_not_heard="[languages] Few people who speak other languages told us.",
    next_update=dt.date(2026, 8, 1),
)
DONE = services.Reply(
    response_type="done",
    we_did_text="We opened a phone line for families on 20 February 2026.",
    we_did_easy="[phone] You can ring us now.",
    evidence_text="412 calls were answered in the first month.",
    difference="Somebody answers when you ring.",
    owner_role="Head of SEND",
    owner_org="Exampleshire Council (invented)",
    done_on=dt.date(2026, 2, 20),
    caused_by="this_feedback",
    review_due=dt.date(2026, 8, 1),
)
PLANNED = services.Reply(
    response_type="planned",
    we_did_text="From 1 September 2026 every route is tried out before term starts.",
    we_did_easy="[bus] We will try each bus before school starts.",
    owner_role="Head of transport",
    owner_org="Exampleshire Council (invented)",
    due_on=dt.date(2026, 9, 1),
    review_due=dt.date(2026, 7, 1),
    caused_by="already_planned_changed",
)
CANNOT = services.Reply(
    response_type="cant_now",
    we_did_text="We cannot pay for a club in every village this year.",
    we_did_easy="[cant] We cannot pay for more clubs now.",
    because_kind="money",
    because_text="The money for clubs is fixed until April 2027, and 31 clubs use all of it.",
    because_easy="[money] The money is all used this year.",
    instead_text="The list of clubs that welcome everyone is kept up to date each month.",
    instead_easy="[website] You can see a list of clubs.",
    decided_on=dt.date(2026, 2, 20),
    owner_role="Head of inclusion",
    owner_org="Exampleshire Council (invented)",
)
REPLIES = (CANNOT, DONE, PLANNED)


def _snapshot(
    session: Session,
    plan: Consultation,
    responses: Sequence[Response],
    taken_at: dt.datetime = NOW,
) -> Snapshot:
    sealed = content_hash(session, sorted(response.id for response in responses))
    snapshot = Snapshot(
        consultation_id=plan.id, taken_at=taken_at, content_hash=sealed, responses=len(responses)
    )
    session.add(snapshot)
    session.flush()
    session.add_all(SnapshotResponse(snapshot_id=snapshot.id, response_id=r.id) for r in responses)
    return snapshot


def _run(session: Session, plan: Consultation, snapshot: Snapshot, documents: int) -> AnalysisRun:
    run = AnalysisRun(
        consultation_id=plan.id, snapshot_id=snapshot.id, asked_by=ACTOR, started_at=NOW,
        finished_at=NOW, input_hash="1" * 64, settings="{}", settings_hash="2" * 64, seed=7,
        versions='{"bertopic":"0.17.4"}', notes="[]", documents=documents, segments=documents,
        themed=documents - 3, set_aside=3, needs_review=0, seconds=1,
    )  # fmt: skip
    session.add(run)
    session.flush()
    return run


def _theme(  # a theme hangs on everything before it
    session: Session,
    plan: Consultation,
    run: AnalysisRun,
    wanted: Plan,
    number: int,
    responses: Mapping[str, list[Response]],
) -> Theme:
    proposal = ProposedTheme(
        run_id=run.id, number=number, label=wanted.name, words="a, b", documents=1
    )
    session.add(proposal)
    session.flush()
    theme = Theme(
        consultation_id=plan.id, name=wanted.name, easy_name=wanted.easy_name,
        starter_code=wanted.starter_code, ambition=wanted.ambition, created_at=NOW,
        approved_at=NOW if wanted.approved else None,
        approved_by=ACTOR if wanted.approved else None, sources=[proposal],
    )  # fmt: skip
    session.add(theme)
    for audience, count in wanted.people.items():
        for response in responses.get(audience, [])[wanted.first : wanted.first + count]:
            session.add(_coding(run, response, audience, number, proposal, wanted))
    session.flush()
    return theme


def _coding(  # as above
    run: AnalysisRun,
    response: Response,
    audience: str,
    number: int,
    proposal: ProposedTheme,
    wanted: Plan,
) -> ProposedCoding:
    return ProposedCoding(
        run_id=run.id, response_id=response.id, question=FILES[audience][1], segment=number,
        proposed_theme_id=proposal.id, is_primary=number == 0, is_example=False, confidence=0.9,
        needs_review=False, set_aside_reason=None, redacted_text=wanted.words[0],
    )  # fmt: skip
