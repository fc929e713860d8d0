"""The fixed words around the questions: promises with and without dates, numbers to press."""

import datetime as dt
from types import SimpleNamespace

import pytest

from surveys import screens

PLAN = SimpleNamespace(closes_on=dt.date(2027, 6, 1))


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("In danger now? Call 999.", "tel:999"),
        ("For medical help, call NHS 111.", "tel:111"),
        ("Call Samaritans on 116 123.", "tel:116123"),
        ("Call Childline free on 0800 1111, at any time.", "tel:08001111"),
        ("Call 0300 123 4043.", "tel:03001234043"),
        ("Write to send.team@example.org.", "mailto:send.team@example.org"),
    ],
)
def test_a_number_or_address_can_be_pressed(words: str, address: str) -> None:
    assert screens.linked(words).count("<a ") == 1
    assert f'href="{address}"' in screens.linked(words)


def test_the_parts_of_a_number_keep_their_order_in_every_language() -> None:
    assert 'dir="ltr">116 123</a>' in screens.linked("Samaritans کو 116 123 پر فون کریں")


@pytest.mark.parametrize(
    "words", ["By 17 April 2027.", "Children under 19", "Pick up to 3 of 1110"]
)
def test_other_numbers_stay_words(words: str) -> None:
    assert screens.linked(words) == words


def test_words_are_made_safe_before_numbers_are_linked() -> None:
    assert "<script>" not in screens.linked("<script>999</script>")


def test_a_plan_without_dates_still_promises_to_tell() -> None:
    undated = SimpleNamespace(findings_due=None, answer_due=None)
    told = screens.promises(undated)
    assert len(told.standard) == 1
    assert len(told.easy) == 2


def test_a_plan_with_dates_promises_each_of_them_once() -> None:
    dated = SimpleNamespace(findings_due=dt.date(2027, 4, 1), answer_due=dt.date(2027, 5, 1))
    told = screens.promises(dated)
    assert told.standard == (
        "We will publish what we heard by 1 April 2027.",
        "We will publish what we did about it by 1 May 2027.",
    )
    assert [line.picture for line in told.easy] == ["tell", "done"]


BEGUN = dt.date(2027, 3, 1)


@pytest.mark.parametrize(
    ("closes_on", "until"),
    [
        (dt.date(2027, 6, 1), dt.date(2027, 3, 14)),
        (dt.date(2027, 3, 14), dt.date(2027, 3, 14)),
        (dt.date(2027, 3, 5), dt.date(2027, 3, 5)),
    ],
)
def test_answers_are_kept_until_the_earlier_of_two_days(closes_on: dt.date, until: dt.date) -> None:
    assert screens.kept_until(BEGUN, closes_on) == until
    for said in (screens.saved(until, shared_device=False), screens.paused(PLAN, until)):
        assert f"until {screens.day(until)}." in " ".join(said.standard)
        assert f"until {screens.day(until)}." in " ".join(line.text for line in said.easy)
        assert "14 days" not in " ".join(said.standard)


def test_a_shared_device_promises_no_day() -> None:
    assert "until" in screens.saved(dt.date(2027, 3, 5), shared_device=True).standard[0]
    assert "2027" not in " ".join(screens.saved(dt.date(2027, 3, 5), shared_device=True).standard)
