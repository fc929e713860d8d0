"""Recordings that staff attach to a survey: questions signed in BSL, or read aloud by a person.

Each one comes with its words, because not everybody can play it. What is kept was packed anew,
so nothing that a camera wrote into the file is published with it.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping

from sqlalchemy import LargeBinary, delete, func, select
from sqlalchemy.orm import Session

from engage import audit
from surveys import cleaning
from surveys.models import AttachedMedium, Survey
from surveys.questionnaire import Questionnaire
from surveys.questions import AnswerError, Edition, files

START = "start"
LARGEST = files.LARGEST["video"]
CHUNK = 1024 * 1024
REMEMBERED_FOR = dt.timedelta(seconds=30)
KIND_OF = {"bsl": "video", "audio": "voice"}
#: Which recordings an edition shows: people who hear do not need the signs, and the reverse.
SHOWN_IN: Mapping[Edition, str] = {
    "standard": "audio", "easy": "audio", "plain": "audio", "bsl": "bsl",
}  # fmt: skip


class MediumError(ValueError):
    """A recording cannot be attached; the message says why and what to do."""


@dataclasses.dataclass(frozen=True)
class Medium:
    """A recording as a page shows it, without its content."""

    id: str
    place: str
    use: str
    media_type: str
    words: str

    @property
    def is_video(self) -> bool:
        """Tell whether there is something to see."""
        return self.media_type.startswith("video/")


def places(questionnaire: Questionnaire) -> dict[str, str]:
    """Return where a recording can stand, each with the words that stand there."""
    asked = {code: question.text.standard for code, question in questionnaire.questions.items()}
    return {START: "The first page", **asked}


def attached(session: Session, slug: str) -> tuple[Medium, ...]:
    """Return every recording of a survey, without reading what is in them."""
    columns = (
        AttachedMedium.id, AttachedMedium.place, AttachedMedium.use,
        AttachedMedium.media_type, AttachedMedium.words,
    )  # fmt: skip
    statement = (
        select(*columns)
        .join(Survey, Survey.id == AttachedMedium.survey_id)
        .where(Survey.slug == slug)
    )
    rows = session.execute(statement.order_by(AttachedMedium.place, AttachedMedium.use))
    return tuple(Medium(*row) for row in rows)


class Shelf:
    """What is attached to each survey, remembered for a short while.

    Most surveys have no recordings, and a question page must not ask the database for none.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[dt.datetime, tuple[Medium, ...]]] = {}

    def beside(
        self,
        open_session: Callable[[], Session],
        slug: str,
        place: str,
        edition: Edition,
        now: dt.datetime,
    ) -> tuple[Medium, ...]:
        """Return the recordings that a page of an edition shows; seldom does it need a session."""
        until, known = self._known.get(slug, (now, ()))
        if until <= now:
            known = attached(open_session(), slug)
            self._known[slug] = (now + REMEMBERED_FOR, known)
        use = SHOWN_IN.get(edition)
        return tuple(one for one in known if one.place == place and one.use == use)

    def forget(self, slug: str) -> None:
        """Look again the next time: something was attached or removed."""
        self._known.pop(slug, None)


def attach(
    session: Session,
    survey: Survey,
    place: str,
    use: str,
    content: bytes,
    words: str,
    *,
    actor: str,
    now: dt.datetime,
) -> AttachedMedium:
    """Attach a recording to a place, instead of the one that was there.

    Raises MediumError without words, and for a file that is not what it should be.
    """
    if not words.strip():
        message = "Write down what is said or signed. Not everybody can play a recording."
        raise MediumError(message)
    clean = _cleaned(use, content)
    _take_away(session, survey.id, place, use)
    medium = AttachedMedium(
        survey_id=survey.id, place=place, use=use, media_type=clean.media_type,
        words=words.strip(), content=clean.content,
    )  # fmt: skip
    session.add(medium)
    session.flush()
    _record(session, medium, "attach_medium", actor, now)
    return medium


def remove(session: Session, medium: AttachedMedium, *, actor: str, now: dt.datetime) -> None:
    """Take a recording away; its words go with it."""
    _record(session, medium, "remove_medium", actor, now)
    _take_away(session, medium.survey_id, medium.place, medium.use)


def size_and_type(session: Session, slug: str, medium_id: str) -> tuple[int, str] | None:
    """Return how large a recording of a survey is, and of what type; None when there is none."""
    statement = (
        select(func.length(AttachedMedium.content), AttachedMedium.media_type)
        .join(Survey, Survey.id == AttachedMedium.survey_id)
        .where(AttachedMedium.id == medium_id, Survey.slug == slug)
    )
    row = session.execute(statement).one_or_none()
    return (row[0], row[1]) if row else None


def part(session: Session, medium_id: str, start: int, length: int) -> bytes:
    """Return a part of a recording, so that a film never stands in memory as a whole."""
    cut = func.substr(AttachedMedium.content, start + 1, length, type_=LargeBinary)
    found = session.scalar(select(cut).where(AttachedMedium.id == medium_id))
    return bytes(found or b"")


def _cleaned(use: str, content: bytes) -> cleaning.Clean:
    kind = KIND_OF.get(use)
    if kind is None:
        message = "Choose whether it is signed or spoken."
        raise MediumError(message)
    try:
        return cleaning.clean(content, (kind,))
    except AnswerError as error:
        message = f"{error.message.in_('standard')}."
        raise MediumError(message) from error


def _take_away(session: Session, survey_id: str, place: str, use: str) -> None:
    session.execute(
        delete(AttachedMedium).where(
            AttachedMedium.survey_id == survey_id,
            AttachedMedium.place == place,
            AttachedMedium.use == use,
        )
    )


def _record(
    session: Session, medium: AttachedMedium, verb: str, actor: str, now: dt.datetime
) -> None:
    audit.record(
        session, actor=actor, verb=verb, object_type="attached_medium", object_id=medium.id, now=now
    )
