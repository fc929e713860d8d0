"""The words of an answer that was handed out: what it rests on, ready for an email."""

from sqlalchemy.orm import Session

from analysis.models.store import Theme
from engage.consultations import Consultation, local_date
from reports.models.asked import AskedQuestion
from reports.words import wording
from surveys import breakdowns
from surveys.breakdowns import Asked
from surveys.models import Snapshot
from surveys.questions import Question

COUNTED = ("single", "multi", "agree5", "yes_no", "yes_sometimes_no", "faces3")


class NoSuchQuestionError(ValueError):
    """A question is in no questionnaire of the answers that were counted."""


def in_words(session: Session, plan: Consultation, asked: AskedQuestion) -> str:
    """Write a whole answer: the numbers, the wording, the dates, the count and its fingerprint."""
    snapshot = session.get_one(Snapshot, asked.snapshot_id)
    numbers = " ".join(figure.wording for figure in asked.figures)
    return (
        f"{numbers} {_how(session, asked)} People answered “{plan.title}” from"
        f" {wording.period(plan.opens_on, plan.closes_on)}; counted from the answers fixed on"
        f" {wording.date(local_date(snapshot.taken_at))} (fingerprint"
        f" {snapshot.content_hash[:16]}). People chose to answer, so this does not stand for"
        f" everybody. Looked up on {wording.date(local_date(asked.asked_at))}."
    )


def name_of(session: Session, asked: AskedQuestion) -> str:
    """Name what was asked about, in a few words."""
    kind, _, rest = asked.subject.partition("/")
    if kind == "theme":
        theme = session.get(Theme, rest)
        return theme.name if theme else "A theme that is no more"
    one, option = _question(session, asked.snapshot_id, asked.subject)
    return f"{one.text}: {label(one, option)}"


def is_counted(question: Question) -> bool:
    """Tell whether people can be counted by an answer to a question."""
    return question.kind in COUNTED and not question.private


def label(one: Asked, option: str) -> str:
    """Return the words of an answer."""
    return next((line.label for line in one.lines if line.option == option), option)


def _question(session: Session, snapshot_id: str, subject: str) -> tuple[Asked, str]:
    for one in breakdowns.asked(session, snapshot_id, is_counted):
        if subject.startswith(one.key("")):
            return one, subject.removeprefix(one.key(""))
    message = "This question is in no questionnaire of the answers that were counted."
    raise NoSuchQuestionError(message)


def _how(session: Session, asked: AskedQuestion) -> str:
    """Say how it was counted, with the wording that people were asked in."""
    if not asked.subject.startswith("theme/"):
        one, _ = _question(session, asked.snapshot_id, asked.subject)
        return f"They were asked: “{one.text}” Each person is counted once."
    texts = breakdowns.asked(session, asked.snapshot_id, lambda q: q.is_text and not q.private)
    wanted = {asked.audience} if asked.audience else {one.audience for one in texts}
    found = [f"“{one.text}”" for one in texts if one.audience in wanted]
    return (
        "Themes were found in what people wrote in their own words, and a person named and approved"
        " each of them; each person is counted once, however often they wrote of it."
        f" They were asked: {' '.join(dict.fromkeys(found))}"
    )
