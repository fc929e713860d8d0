import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.redaction import redact, without_placeholders
from analysis.redaction.nhsnumbers import is_nhs_number


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "Mrs Example at Example Primary shouted at him.",
            "[name] at [school] shouted at him.",
        ),
        ("Please call me on 07700 900000 about it.", "Please call me on [phone] about it."),
        ("Ring +44 (0)20 7946 0000 or 01632 960 001.", "Ring [phone] or [phone]."),
        ("Write to a.parent@example.org please", "Write to [email] please"),
        ("See https://example.org/send, page 2", "See [link], page 2"),
        ("I am @example_user there", "I am [handle] there"),
        ("We live in AL1 3XX now", "We live in [postcode] now"),
        ("his NHS number is 943 476 5919", "his NHS number is [NHS number]"),
        ("dob 03/04/2014", "dob [date of birth]"),
        ("born on 3 April 2014", "born on [date of birth]"),
        ("Miss X and mr jones were kind", "[name] and [name] were kind"),
        ("my TA Sam", "my TA [name]"),
        ("my son J. cannot read", "my son [name] cannot read"),
        ("a boy called Zebedee", "a boy called [name]"),
        ("J.S. helps", "[name] helps"),
        ("We moved to St Mary's C of E Primary School", "We moved to [school]"),
        ("seen at Example Hospital today", "seen at [place] today"),
        ("we live at 12 Example Road", "we live at [address]"),
        ("Sarah Example said so", "[name] said so"),
        ("my daughter sarah likes it", "my daughter [name] likes it"),
        ("a boy called thomas", "a boy called [name]"),
        ("SARAH SAID SO", "[name] SAID SO"),
        ("write to a.parent @ example.org", "write to [email]"),
        ("see facebook.com/a.parent there", "see [link] there"),
    ],
)
def test_what_points_at_a_person_is_taken_out(said: str, shown: str) -> None:
    assert redact(said).text == shown


@pytest.mark.parametrize(
    "said",
    [
        "Miss lets me have the blue cushion",
        "The Primary School was good and High School is not",
        "In Year 7 2nd term we waited 18 months, 20 weeks late",
        "Will this help in May? Mark it. Grace matters.",
        "The U.K. law and the N.H.S. are slow",
        "Nurse in charge, Dr on call",
        "Going to Secondary School was hard",
        "autism, ADHD and an EHCP cost £12,000,000",
        "Childline is on 0800 1111",
        "my son Monday to Friday",
        "my son will be frank with them",
        "2 @ 3.50 each, and/or yes/no",
        "ELSA, SALT and MAX 5 pupils",
        "Everyone is so friendly and happy. Made me feel good",
        "my son's GP who referred him on Thurs",
        "it was absoloutley fine and has greatley helped",
        "chemo, CT scans and Podiatry before the National Lockdown",
        "win a medal at the olympics, then back to Doctor",
    ],
)
def test_what_points_at_nobody_stays(said: str) -> None:
    assert redact(said).text == said


def test_spans_name_the_places_in_the_original() -> None:
    said = "Ask Mrs Example or ring 07700 900000."
    spans = redact(said).spans
    assert [(said[s.start : s.end], s.kind) for s in spans] == [
        ("Mrs Example", "name"),
        ("07700 900000", "phone"),
    ]


@given(st.text(max_size=200))
def test_redacting_twice_changes_nothing_more(text: str) -> None:
    once = redact(text)
    assert all(0 <= s.start < s.end <= len(text) for s in once.spans)
    assert all(a.end <= b.start for a, b in zip(once.spans, once.spans[1:], strict=False))


def test_a_machine_reads_a_school_as_school_and_no_names() -> None:
    assert without_placeholders("[name] at [school] rang [phone]") == "at school rang"


@pytest.mark.parametrize(
    ("text", "valid"),
    [("9434765919", True), ("943 476 5918", False), ("1111111111", False), ("12", False)],
)
def test_an_nhs_number_is_known_by_its_check_digit(text: str, valid: bool) -> None:
    assert is_nhs_number(text) is valid
