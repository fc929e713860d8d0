import datetime as dt

import pytest
from sqlalchemy.orm import Session

from engage.consultations import local_date
from engage.orm import utc_now
from tests.factories import ConsultationFactory, SurveyFactory
from tests.pages import CheckedClient, PageError, check_page

STANDING = ("/accessibility", "/privacy", "/cookies", "/contact", "/complaints", "/credits")
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("address", ["/", *STANDING])
def test_standing_pages_open_for_everybody(client: CheckedClient, address: str) -> None:
    assert client.get(address).status_code == 200


def words(client: CheckedClient, address: str) -> str:
    return " ".join(client.get(address).get_data(as_text=True).split())


def test_an_empty_site_says_that_nothing_is_open(client: CheckedClient) -> None:
    home = words(client, "/")
    assert "Nothing is open just now." in home
    assert "Nothing has been published yet." in home


def test_an_open_survey_is_offered_in_each_edition(client: CheckedClient, session: Session) -> None:
    today = local_date(utc_now())
    consultation = ConsultationFactory(opens_on=today - DAY, closes_on=today, demo=True)
    SurveyFactory(consultation_id=consultation.id, slug="parents", opened_at=utc_now() - DAY)
    SurveyFactory(consultation_id=consultation.id, slug="unopened", opened_at=None)
    session.commit()
    home = words(client, "/")
    assert 'href="/s/parents/?edition=standard"' in home
    assert 'href="/s/parents/?edition=easy"' in home
    assert "unopened" not in home
    assert "Everything here is invented" in home
    assert "noindex" in home


def test_a_consultation_that_is_over_is_not_offered(
    client: CheckedClient, session: Session
) -> None:
    today = local_date(utc_now())
    consultation = ConsultationFactory(opens_on=today - 9 * DAY, closes_on=today - DAY)
    SurveyFactory(consultation_id=consultation.id, slug="parents", opened_at=utc_now() - 9 * DAY)
    session.commit()
    assert "/s/parents/" not in words(client, "/")


@pytest.mark.parametrize(
    "heading",
    [
        "How accessible this website is",
        "Feedback and contact information",
        "Enforcement procedure",
        "Technical information about this website\N{RIGHT SINGLE QUOTATION MARK}s accessibility",
        "Compliance status",
        "Non-accessible content",
        "Preparation of this accessibility statement",
    ],
)
def test_the_accessibility_statement_has_what_the_regulations_ask_for(
    client: CheckedClient, heading: str
) -> None:
    statement = words(client, "/accessibility")
    assert f">{heading}</h" in statement
    assert "Equality Advisory and Support Service" in statement
    assert "help@example.org" in statement


def test_privacy_names_the_lawful_basis_of_each_consultation(
    client: CheckedClient, session: Session
) -> None:
    ConsultationFactory(title="Transport", lawful_basis="Public task: Education Act 1996")
    ConsultationFactory(
        title="Not yet", opens_on=dt.date(2999, 1, 1), closes_on=dt.date(2999, 2, 1)
    )
    session.commit()
    privacy = words(client, "/privacy")
    assert "Public task: Education Act 1996" in privacy
    assert "Not yet" not in privacy
    assert "consent is the" not in privacy


def test_complaints_are_acknowledged_within_thirty_days(client: CheckedClient) -> None:
    assert "within 30 days" in words(client, "/complaints")


def test_help_lines_are_on_the_contact_page(client: CheckedClient) -> None:
    contact = words(client, "/contact")
    assert all(number in contact for number in ("999", "0800 1111", "0300 123 4043"))


def test_the_cookies_page_names_the_cookies_that_are_set(client: CheckedClient) -> None:
    cookies = words(client, "/cookies")
    assert "engage_session" in cookies
    assert "engage_answers" in cookies


GOOD = (
    '<!DOCTYPE html><html lang="en-GB" dir="ltr"><head><title>Hello - Engage</title></head>'
    "<body><h1>Hello</h1>{}</body></html>"
)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<h1>Again</h1>", "2 main headings"),
        ('<input name="a">', "'a' has no label"),
        ('<label for="a">A</label><input type="radio" id="a" name="a">', "outside a fieldset"),
        ("<script>x()</script>", "inline script"),
        ('<p style="color:red">x</p>', "inline style"),
        ('<p onclick="x()">x</p>', "inline onclick"),
        ('<form method="post" action="/x"></form>', "has no token"),
        ('<p id="a"></p><p id="a"></p>', "two elements are called 'a'"),
        ("<p><div></p>", "not valid HTML"),
    ],
)
def test_a_page_that_is_not_right_is_refused(body: str, says: str) -> None:
    check_page(GOOD.format(""))
    with pytest.raises(PageError, match=says):
        check_page(GOOD.format(body))


def test_title_and_language_are_checked() -> None:
    with pytest.raises(PageError, match="does not start with the heading"):
        check_page(GOOD.format("").replace("<title>Hello", "<title>Goodbye"))
    with pytest.raises(PageError, match="the language is 'en'"):
        check_page(GOOD.format("").replace("en-GB", "en"))
