"""Keeping every version of the privacy notice that people were shown."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import audit
from surveys import notice
from surveys.document import canonical
from surveys.models import PrivacyNotice
from surveys.notice import Notice, NoticeError


def publish_notice(
    session: Session, document: Mapping[str, Any], *, actor: str, now: dt.datetime
) -> Notice:
    """Keep a notice under its version; the same again changes nothing.

    Raises NoticeError for a notice with mistakes, and for other words under a version that
    people may have read already.
    """
    read = notice.read(document)
    text = canonical(document)
    stored = session.get(PrivacyNotice, read.version)
    if stored is None:
        session.add(PrivacyNotice(version=read.version, document=text, published_at=now))
        session.flush()
        audit.record(
            session, actor=actor, verb="publish", object_type="privacy_notice",
            object_id=read.version, now=now,
        )  # fmt: skip
    elif stored.document != text:
        message = f"Version {read.version} has other words already. Give these a new version."
        raise NoticeError(message)
    return read


def notice_for(session: Session, version: str) -> Notice | None:
    """Return the notice of a version, if it was ever published here."""
    stored = session.get(PrivacyNotice, version)
    return notice.read(json.loads(stored.document)) if stored else None


def versions(session: Session) -> tuple[str, ...]:
    """Return the versions that a plan can name: those kept here, and those that Engage brings."""
    kept = session.scalars(select(PrivacyNotice.version))
    return tuple(sorted({*kept, *notice.shipped_versions()}))


def require_notice(session: Session, version: str, *, actor: str, now: dt.datetime) -> Notice:
    """Return the notice of a version as `have_notice` does; raise NoticeError if there is none.

    Nobody may be asked anything under a notice that they could not read.
    """
    found = have_notice(session, version, actor=actor, now=now)
    if found is None:
        there = ", ".join(versions(session))
        message = (
            f"The plan names version {version!r} of the privacy notice, and there is none. "
            f"Versions there are: {there}. Publish another with: engage notice import FILE"
        )
        raise NoticeError(message)
    return found


def have_notice(session: Session, version: str, *, actor: str, now: dt.datetime) -> Notice | None:
    """Return the notice of a version, publishing it first if it comes with Engage."""
    found = notice_for(session, version)
    document = None if found else notice.shipped(version)
    return publish_notice(session, document, actor=actor, now=now) if document else found
