"""Each rule at its boundary: what just passes, what just does not, and what the sentence says."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from reports.checks import rules
from reports.checks.rules import CountFacts, EntryFacts, QuoteFacts, ReportFacts

TODAY = dt.date(2026, 3, 2)
OPENED = dt.date(2025, 11, 1)
GOOD = EntryFacts(
    key="waiting",
    themes=1,
    unapproved_themes=0,
    stale_themes=0,
    counts=(CountFacts("Parent carers", 14, 20, 14),),
    threshold=5,
    said="We wait too long.",
    response_type="done",
    did="We opened a phone line on 20 February 2026.",
    because_kind=None,
    because="",
    instead="",
    evidence="412 calls were answered.",
    owner_role="Head of SEND",
    owner_org="Council",
    caused_by="this_feedback",
    started_on=None,
    due_on=None,
    done_on=TODAY,
    review_due=None,
    quotes=(QuoteFacts(permitted=True, withdrawn=False, held=False, slice_people=10),),
    private_details=(),
    easy_missing=(),
    easy_faults=(),
)
REPORT = ReportFacts(
    summary="We changed how we keep you informed.",
    not_heard="Few young adults.",
    opened_on=OPENED,
    closed_on=dt.date(2026, 2, 1),
    contact="The team",
    next_update=dt.date(2026, 8, 1),
    has_method=True,
    easy_missing=(),
    easy_faults=(),
    private_details=(),
    entries=(GOOD,),
)

ONE_IN_FIVE = (CountFacts("Parent carers", 10, 50, 10), CountFacts("Professionals", None, 9, 2))


def broken(**changes: Any) -> set[tuple[str, str]]:
    entry = dataclasses.replace(GOOD, **changes)
    return {(f.rule, f.weight) for f in rules.check_entry(entry, OPENED, TODAY)}


def broken_report(**changes: Any) -> set[tuple[str, str]]:
    found = rules.check(dataclasses.replace(REPORT, **changes), TODAY)
    return {(f.rule, f.weight) for f in found if not f.entry}


def test_a_good_entry_breaks_nothing() -> None:
    assert broken() == set()


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("Y1", {"themes": 0}),
        ("Y1", {"unapproved_themes": 1}),
        ("Y1", {"counts": (CountFacts("Parent carers", None, 20, 3),)}),
        ("Y2", {"stale_themes": 1}),
        ("Y2", {"counts": (CountFacts("Parent carers", 4, 20, 4),)}),
        ("Y2", {"counts": (CountFacts("Parent carers", 14, 20, 13),)}),
        ("Y3", {"done_on": None}),
        ("Y3", {"done_on": TODAY + dt.timedelta(days=1)}),
        ("Y3", {"evidence": "  "}),
        ("Y3", {"done_on": OPENED - dt.timedelta(days=1)}),
        ("Y8", {"private_details": ("“Mrs Smith” (name)",)}),
        ("Y9", {"easy_missing": ("the answer",)}),
        ("Y9", {"easy_faults": ("This sentence has 16 words.",)}),
        ("Y0", {"said": ""}),
        ("Y0", {"response_type": None}),
    ],
)
def test_a_broken_promise_blocks(rule: str, changes: dict[str, Any]) -> None:
    assert (rule, "block") in broken(**changes)


def test_done_before_asking_needs_the_word_already() -> None:
    early = OPENED - dt.timedelta(days=1)
    assert broken(done_on=early, caused_by="already_planned_confirmed") == set()
    assert broken(done_on=OPENED) == set()


def promised(**changes: Any) -> set[tuple[str, str]]:
    whole: dict[str, Any] = {
        "response_type": "planned",
        "did": "Every route will be tried out by 1 September 2026.",
        "due_on": dt.date(2026, 9, 1),
        "review_due": dt.date(2026, 9, 2),
        "done_on": None,
    }
    return broken(**{**whole, **changes})


def test_a_promise_needs_owner_body_date_and_a_check_within_six_months() -> None:
    assert promised() == set()
    assert ("Y4", "block") in promised(review_due=dt.date(2026, 9, 3))
    assert ("Y4", "block") in promised(owner_role=" ")
    assert ("Y4", "block") in promised(owner_org="")
    assert ("Y4", "block") in promised(due_on=None)
    assert ("Y4", "block") in promised(review_due=None)


def refused(**changes: Any) -> set[tuple[str, str]]:
    whole: dict[str, Any] = {
        "response_type": "cant_now",
        "did": "No club in every village this year.",
        "because_kind": "money",
        "because": "x" * 40,
        "instead": "Nothing at present.",
        "done_on": None,
    }
    return broken(**{**whole, **changes})


def test_a_refusal_needs_kind_reason_and_what_there_is_instead() -> None:
    assert refused() == set()
    assert ("Y5", "block") in refused(because="x" * 39)
    assert ("Y5", "block") in refused(because_kind=None)
    assert ("Y5", "block") in refused(instead="")
    for kind in ("partly", "cant_ever", "not_ours_passed_on"):
        assert ("Y5", "block") in refused(response_type=kind, because="")


def test_finding_out_ends_within_twelve_weeks() -> None:
    last = TODAY + rules.LONGEST_SEARCH
    asked: dict[str, Any] = {
        "response_type": "need_to_find_out", "done_on": None, "did": "Two trials run until May."
    }  # fmt: skip
    assert broken(**asked, due_on=last) == set()
    assert ("Y4", "block") in broken(**asked, due_on=last + dt.timedelta(days=1))


def test_vague_words_without_a_number_are_advised_against() -> None:
    assert ("Y6", "warn") in broken(did="We are committed to better help.")
    assert broken(did="We aim to answer 9 in 10 calls by May 2026.") == set()


def test_the_past_tense_is_for_what_is_done() -> None:
    assert ("Y7", "warn") in promised(did="We have opened a phone line in 2026.")
    assert ("Y7", "warn") not in broken(did="We have opened a phone line.")


@pytest.mark.parametrize(
    "quote",
    [
        QuoteFacts(permitted=False, withdrawn=False, held=False, slice_people=20),
        QuoteFacts(permitted=True, withdrawn=True, held=False, slice_people=20),
        QuoteFacts(permitted=True, withdrawn=False, held=True, slice_people=20),
        QuoteFacts(permitted=True, withdrawn=False, held=False, slice_people=9),
    ],
)
def test_a_quote_needs_permission_and_company(quote: QuoteFacts) -> None:
    assert broken(quotes=(quote,)) == {("Y11", "block")}


def test_the_sentence_about_a_held_quote_does_not_say_why() -> None:
    held = QuoteFacts(permitted=True, withdrawn=False, held=True, slice_people=20)
    (found,) = rules.check_entry(dataclasses.replace(GOOD, quotes=(held,)), OPENED, TODAY)
    assert "safe" not in found.sentence.lower()


@pytest.mark.parametrize(
    "changes",
    [
        {"entries": ()},
        {"summary": ""},
        {"not_heard": " "},
        {"has_method": False},
        {"contact": ""},
        {"closed_on": TODAY},
        {"next_update": None},
        {"next_update": TODAY},
    ],
)
def test_a_report_is_whole_or_blocked(changes: dict[str, Any]) -> None:
    assert ("Y14", "block") in broken_report(**changes)


def test_a_report_without_any_refusal_is_asked_whether_that_is_true() -> None:
    assert broken_report() == {("Y13", "warn")}
    honest = dataclasses.replace(
        GOOD, response_type="cant_now", because_kind="law", because="x" * 40, instead="Nothing."
    )
    assert broken_report(entries=(honest,)) == set()


def test_easy_read_and_names_are_asked_of_the_front_too() -> None:
    assert ("Y9", "block") in broken_report(easy_missing=("the summary",))
    assert ("Y9", "block") in broken_report(easy_faults=("Too long.",))
    assert ("Y8", "block") in broken_report(private_details=("“Mrs Smith” (name)",))


def test_advice_never_blocks() -> None:
    found = rules.check(REPORT, TODAY)
    assert rules.blocks(found) == ()


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 8, 31), 6, dt.date(2027, 2, 28)),
        (dt.date(2026, 6, 15), 6, dt.date(2026, 12, 15)),
        (dt.date(2026, 12, 31), 12, dt.date(2027, 12, 31)),
        (dt.date(2023, 8, 30), 6, dt.date(2024, 2, 29)),
    ],
)
def test_months_later_stays_inside_the_month(day: dt.date, months: int, expected: dt.date) -> None:
    assert rules.later(day, months) == expected


def sentences(**changes: Any) -> list[str]:
    entry = dataclasses.replace(GOOD, **changes)
    return [f.sentence for f in rules.check_entry(entry, OPENED, TODAY)]


HARD = " ".join(["Administrative organisations continuously reconsider accountability."] * 6)
EASY = " ".join(["We will ring you in two weeks."] * 6)


@pytest.mark.parametrize(
    ("text", "advised"),
    [
        (HARD, True),
        (EASY, False),
        (" ".join(HARD.split()[:29]), False),
        (" ".join(HARD.split()[:30]), True),
        ("We asked the ICB.", True),
        ("We asked the Integrated Care Board (ICB). The ICB said yes.", False),
        ("We asked the ICB (Integrated Care Board).", False),
        ("SEND is known to everybody.", False),
    ],
)
def test_reading_age_and_initials_are_advised(text: str, *, advised: bool) -> None:
    assert (("Y10", "warn") in broken(texts=(text,))) is advised


def test_initials_are_written_out_once_in_the_entry_not_in_each_text() -> None:
    texts = ("The Integrated Care Board (ICB) pays.", "The ICB said yes.")
    assert ("Y10", "warn") not in broken(texts=texts)


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("waiting", {("Y16", "block")}),
        ("refused", {("Y16", "warn")}),
        ("agreed", set()),
    ],
)
def test_who_was_asked_to_sign_has_signed(state: Any, found: set[tuple[str, str]]) -> None:
    assert broken(sign_offs=(rules.SignOffFacts("The forum", state),)) == found


def of_alikeness(same: int, other: int) -> tuple[str, str]:
    return "a" * same + "b" * other, "a" * same + "c" * other


@pytest.mark.parametrize(
    ("same", "other", "advised"), [(85, 15, True), (84, 16, False), (100, 0, True)]
)
def test_a_promise_told_before_is_noticed_from_85_in_100(
    same: int, other: int, *, advised: bool
) -> None:
    now, then = of_alikeness(same, other)
    told = (rules.ToldBefore("Last year", then),)
    assert (("Y17", "warn") in broken(did=now, told_before=told)) is advised


def test_capitals_and_spaces_do_not_make_a_promise_new() -> None:
    told = (rules.ToldBefore("Last year", GOOD.did.upper().replace(" ", "\n")),)
    assert any("Last year" in one for one in sentences(told_before=told))


@pytest.mark.parametrize(
    ("changes", "advised"),
    [
        ({"has_decision": False}, True),
        ({"has_decision": True}, False),
        ({"has_decision": False, "caused_by": "already_planned_changed"}, False),
        ({"texts": ("Because you told us.",), "caused_by": None}, True),
        ({"texts": ("Because you told us.",)}, False),
        ({"texts": ("It rained because it was cold.",), "caused_by": None}, False),
    ],
)
def test_a_claim_of_cause_needs_a_recorded_decision(
    changes: dict[str, Any], *, advised: bool
) -> None:
    assert (("Y18", "warn") in broken(**changes)) is advised


def theme(*shares: tuple[int, int], serious: bool = False, answered: bool = False) -> Any:
    return rules.ThemeFacts("Buses", shares, serious, answered)


@pytest.mark.parametrize(
    ("found", "stops"),
    [
        (theme((10, 100)), True),
        (theme((9, 100)), False),
        (theme((9, 100), (1, 10)), True),
        (theme((0, 0)), False),
        (theme((50, 100), answered=True), False),
        (theme((1, 100), serious=True), True),
        (theme((1, 100), serious=True, answered=True), False),
    ],
)
def test_what_one_in_ten_raised_and_what_is_serious_is_answered(found: Any, *, stops: bool) -> None:
    assert (("Y12", "block") in broken_report(themes=(found,))) is stops


def test_findings_are_approved_before_anything_is_published() -> None:
    assert ("Y14", "block") in broken_report(findings_approved=False)


def test_every_rule_says_why_it_exists() -> None:
    for number, _, rule in rules.ENTRY_RULES:
        words = (rule.__doc__ or "").split()
        assert len(words) > 8, number


def test_words_of_families_are_never_stopped_but_staff_are_told() -> None:
    assert broken(family_details=("“Miss Jones” (name)",)) == {("Y8", "warn")}


def test_a_measure_that_falls_asks_a_person_whether_done_still_holds() -> None:
    assert ("Y3", "warn") in broken(fallen=("“Plans on time” was 89%.",))
    assert ("Y3", "warn") not in broken(fallen=("It fell.",), response_type="doing")


def test_an_unchecked_easy_read_is_advised_and_does_not_block() -> None:
    assert broken_report(easy_checked=False) == broken_report() | {("Y9", "warn")}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"said": "Most families wait too long."}, set()),
        ({"said": "Most of us wait too long.", "counts": ONE_IN_FIVE}, {("Y1", "warn")}),
        ({"said": "A majority waits.", "counts": ONE_IN_FIVE}, {("Y1", "warn")}),
        ({"said": "Calm matters most to us.", "counts": ONE_IN_FIVE}, set()),
        ({"said": "Nearly all parents wait.", "counts": ONE_IN_FIVE}, {("Y1", "warn")}),
        ({"said": "All I want is a call back.", "counts": ONE_IN_FIVE}, set()),
        ({"said": "85% of us agree."}, {("Y1", "warn")}),
        ({"said": "We waited 14 months for 2 letters."}, set()),
        ({"did": "We opened 90 per cent of lines.", "evidence": ""}, {("Y1", "warn")}),
        ({"did": "We opened 90% of lines."}, set()),
    ],
)
def test_a_size_or_number_in_the_text_rests_on_what_was_counted(
    changes: dict[str, Any], found: set[tuple[str, str]]
) -> None:
    assert {one for one in broken(**changes) if one[0] == "Y1"} == found


def test_exactly_half_is_not_most() -> None:
    half = (CountFacts("Parent carers", 10, 20, 10),)
    more = (CountFacts("Parent carers", 11, 20, 11),)
    assert ("Y1", "warn") in broken(said="Most parents wait.", counts=half)
    assert ("Y1", "warn") not in broken(said="Most parents wait.", counts=more)


@pytest.mark.parametrize(
    ("changes", "broken_rule"),
    [
        ({"decided_on": TODAY + dt.timedelta(days=1)}, ("Y3", "block")),
        ({"started_on": TODAY + dt.timedelta(days=1)}, ("Y3", "block")),
        (
            {"response_type": "planned", "due_on": TODAY - dt.timedelta(days=1)},
            ("Y4", "warn"),
        ),
    ],
)
def test_days_that_cannot_be_are_noticed(
    changes: dict[str, Any], broken_rule: tuple[str, str]
) -> None:
    assert broken_rule in broken(**changes)
    same_day = {name: TODAY for name, value in changes.items() if isinstance(value, dt.date)}
    assert broken_rule not in broken(**(changes | same_day))
