"""Two readers at one text, and mistakes of the safeguarding form."""

import re

import pytest
from sqlalchemy.orm import Session

from engage.safeguarding import reading
from tests.integration.engage.safety import (
    PLAIN,
    SomebodyWith,
    decide,
    false_alarm,
    may_be_used,
    page,
    referral,
    sent,
)


def test_a_referral_is_not_undone_by_somebody_who_had_not_seen_it(
    staff: SomebodyWith, session: Session
) -> None:
    item = false_alarm(session)
    reader = staff("safeguarding_reader")
    reader.signs_in()
    place = f"/desk/safeguarding/{item.id}"
    opened = page(reader, place)
    decide(session, item, referral(session, item, "child_referral"))
    session.commit()
    hidden = dict(re.findall(r'name="(words|stands|csrf_token)" value="([^"]*)"', opened))
    sent_late = {**hidden, "quick": "manner_of_speaking"}
    reply = reader.client.post(f"{place}/decide", data=sent_late)
    html = reply.get_data(as_text=True)
    assert reply.status_code == 400
    assert "Somebody else has decided about this since you opened it" in html
    session.expire_all()
    assert item.decision == "child_referral"
    assert not may_be_used(session, item)
    seen = re.search(r'name="stands" value="([^"]+)"', html)
    assert seen, "whoever has seen it may decide anew"
    reply = reader.client.post(f"{place}/decide", data={**sent_late, "stands": seen[1]})
    assert reply.status_code == 303
    assert "Saved." in page(reader, "/desk/safeguarding/")
    assert "Saved." not in page(reader, "/desk/safeguarding/")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "decision"),
        ({"decision": "no_concern"}, "reason"),
        ({"decision": "child_referral", "reason": "Hit at home"}, "reference"),
        (
            {"decision": "no_concern", "reason": "R", "referred_on": "soon", "referred_time": "2"},
            "reference",
        ),
    ],
)
def test_a_mistake_is_told_at_the_field_where_it_is_mended(
    staff: SomebodyWith, session: Session, typed: dict[str, str], field: str
) -> None:
    item = sent(session, PLAIN)
    session.commit()
    reader = staff("safeguarding_reader")
    reader.signs_in()
    place = f"/desk/safeguarding/{item.id}"
    said = {**typed, "words": reading.digest(PLAIN)}
    html = reader.client.send(f"{place}/decide", said, page=place).get_data(as_text=True)
    assert f'<a href="#{field}">' in html
    assert f'id="{field}-error"' in html
