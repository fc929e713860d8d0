"""What a session made: sticky notes, drawings, dots, things said. Never people, never responses.

Words are queued for a safeguarding reader like any other. For that reason nothing is lost when a
facilitator corrects or removes something: the row leaves every list and count, and stays for the
reader alone.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import local_date
from surveys import cleaning, signals
from surveys.gathering.sessions import SessionError, require_open
from surveys.models import ARTEFACT_KINDS, Artefact, FacilitatedSession, Upload
from surveys.questions.words import tidy

MOST_AT_ONCE = 200
MOST_IN_A_SESSION = 1_000
LONGEST_WORDS = 2_000
MOST_COPIES = 200
OF_NO_QUESTION = ""
_COPIES = re.compile(r"^(?P<words>.*\S)\s+[x×](?P<number>\d{1,3})$", re.IGNORECASE)  # noqa: RUF001
_DOTS = re.compile(r"^(?P<words>.*\S)\s*[:=]\s*(?P<number>\d{1,4})$")


@dataclass(frozen=True)
class Noted:
    """One line as it was typed: its words, how many copies or dots it says, what it is about.

    Attributes:
        question: code of the question of the survey that it answers; empty for none.
    """

    words: str
    copies: int = 1
    votes: int | None = None
    question: str = OF_NO_QUESTION


@dataclass(frozen=True)
class Permission:
    """What may be printed of a drawing: the picture, a first name and an age, each apart."""

    picture: bool = False
    name: str = ""
    age: str = ""


def lines(typed: str, kind: str) -> tuple[Noted, ...]:
    """Return one note for each line; "more clubs x3" is three copies, "clubs: 5" is five dots.

    Raises SessionError for dots without a number.
    """
    noted = [
        _noted(" ".join(line.split()), kind) for line in tidy(typed).splitlines() if line.strip()
    ]
    if len(noted) > MOST_AT_ONCE:
        message = f"Write up to {MOST_AT_ONCE} lines at a time."
        raise SessionError(message)
    return tuple(noted)


def add_artefacts(
    session: Session,
    held: FacilitatedSession,
    kind: str,
    noted: Iterable[Noted],
    *,
    may_quote: bool = False,
    upload: Upload | None = None,
    actor: str,
    now: dt.datetime,
) -> tuple[Artefact, ...]:
    """Keep what a session made, and queue its words for a reader."""
    require_open(held)
    if kind not in ARTEFACT_KINDS:
        message = "Choose what kind of thing it is."
        raise SessionError(message)
    first = _last_position(session, held) + 1
    kept = tuple(
        Artefact(
            session_id=held.id, position=first + number, kind=kind, words=one.words,
            question=one.question or None,
            copies=one.copies, votes=one.votes, may_quote=may_quote,
            upload_id=upload.id if upload else None,
        )
        for number, one in enumerate(noted)
    )  # fmt: skip
    if not kept:
        message = "Write at least one line, or choose a picture."
        raise SessionError(message)
    if first + len(kept) > MOST_IN_A_SESSION:
        message = "That is too much for one session. Please open another."
        raise SessionError(message)
    session.add_all(kept)
    session.flush()
    for one in kept:
        _queue(session, one, now)
    _audited(session, kept[0], "add", actor=actor, now=now)
    return kept


def change_artefact(
    session: Session,
    held: FacilitatedSession,
    artefact: Artefact,
    noted: Noted,
    *,
    may_quote: bool = False,
    actor: str,
    now: dt.datetime,
) -> Artefact:
    """Put something in the place of what was written down wrong; a reader sees both."""
    require_open(held)
    new = Artefact(
        session_id=held.id, position=artefact.position, kind=artefact.kind, words=noted.words,
        question=noted.question or None, copies=noted.copies, votes=noted.votes,
        may_quote=may_quote, upload_id=artefact.upload_id,
    )  # fmt: skip
    artefact.removed_on = local_date(now)
    session.add(new)
    session.flush()
    _queue(session, new, now)
    _audited(session, new, "change", actor=actor, now=now)
    return new


def remove_artefact(
    session: Session,
    held: FacilitatedSession,
    artefact: Artefact,
    *,
    actor: str,
    now: dt.datetime,
) -> None:
    """Take something out of every list and count; only a safeguarding reader still sees it."""
    require_open(held)
    artefact.removed_on = local_date(now)
    session.flush()
    _audited(session, artefact, "remove", actor=actor, now=now)


def spelled(artefact: Artefact) -> str:
    """Return something as it would be typed, with its dots or copies."""
    if artefact.votes is not None:
        return f"{artefact.words}: {artefact.votes}"
    return f"{artefact.words} x{artefact.copies}" if artefact.copies > 1 else artefact.words


def artefacts_of(session: Session, held: FacilitatedSession) -> Sequence[Artefact]:
    """Return what a session made, in the order it was written down."""
    mine = (Artefact.session_id == held.id, Artefact.removed_on.is_(None))
    return session.scalars(select(Artefact).where(*mine).order_by(Artefact.position)).all()


def drawings_of(session: Session, survey_id: str) -> list[tuple[Artefact, Upload]]:
    """Return the drawings of every session of a survey, each with its picture."""
    found = (
        select(Artefact, Upload)
        .join(Upload, Upload.id == Artefact.upload_id)
        .join(FacilitatedSession, FacilitatedSession.id == Artefact.session_id)
        .where(FacilitatedSession.survey_id == survey_id, Artefact.removed_on.is_(None))
        .order_by(FacilitatedSession.held_on, Artefact.session_id, Artefact.position)
    )
    return [(artefact, upload) for artefact, upload in session.execute(found)]


def keep_drawing(
    session: Session, content: bytes, permission: Permission, *, description: str = ""
) -> Upload:
    """Keep a picture without what the camera added; raise AnswerError in plain words."""
    cleaned = cleaning.clean(content, ("picture",))
    upload = Upload(
        response_id=None, question=OF_NO_QUESTION, kind=cleaned.kind,
        media_type=cleaned.media_type, size=len(cleaned.content),
        sha256=hashlib.sha256(cleaned.content).hexdigest(), content=cleaned.content,
        description=tidy(description), may_print=permission.picture,
        may_print_name=tidy(permission.name)[:60] or None,
        may_print_age=tidy(permission.age)[:20] or None,
    )  # fmt: skip
    session.add(upload)
    session.flush()
    return upload


def _noted(line: str, kind: str) -> Noted:
    line = line[:LONGEST_WORDS]
    if kind == "dot_votes":
        dots = _DOTS.match(line)
        if dots is None:
            message = (
                f'Write the words, a colon and the number of dots, as in "More clubs: 5": {line}'
            )
            raise SessionError(message)
        return Noted(dots["words"], votes=int(dots["number"]))
    copies = _COPIES.match(line)
    if copies is None or not 1 <= int(copies["number"]) <= MOST_COPIES:
        return Noted(line)
    return Noted(copies["words"], copies=int(copies["number"]))


def _last_position(session: Session, held: FacilitatedSession) -> int:
    mine = select(func.max(Artefact.position)).where(Artefact.session_id == held.id)
    return session.scalar(mine) or 0


def _queue(session: Session, artefact: Artefact, now: dt.datetime) -> None:
    signals.artefact_kept.send(
        session, artefact_id=artefact.id, question=artefact.question or "", words=artefact.words,
        now=now,
    )  # fmt: skip


def _audited(
    session: Session, artefact: Artefact, verb: str, *, actor: str, now: dt.datetime
) -> None:
    audit.record(
        session, actor=actor, verb=verb, object_type="artefact", object_id=artefact.id, now=now
    )
