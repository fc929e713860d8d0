"""The published document: the same text for the same value, and nothing in it unknown."""

import dataclasses
import datetime as dt
import json

import pytest

from reports.documents.document import (
    RESPONSE_TYPES,
    STATUS_WORDS,
    STATUSES,
    Answer,
    Base,
    CloudWord,
    Cover,
    Document,
    Entry,
    Fact,
    Group,
    Headline,
    Line,
    Quotation,
    Raised,
    Step,
    Verdict,
    Voice,
    from_json,
    to_json,
)
from reports.documents.printed import ledger, with_revisions
from reports.words import canonical
from reports.words.canonical import ShapeError
from reports.words.easylines import EasyLine

DAY = dt.date(2026, 3, 2)
EASY = (EasyLine("You wait too long.", "wait"),)
RAISED = Fact("theme/t1/parent_carer", 14, 20, "14 of 20 parent carers", None, "parent_carer", "t1")
HIDDEN = Fact("theme/t1/professional", None, 12, "Fewer than 5 of 12", "[c]", "professional", "t1")
ANSWERED = Fact("responses/all", 40, None, "40 people")
ENTRY = Entry(
    key="waiting",
    title="Waiting",
    easy_title=EASY[0],
    ambition="A2",
    said="We wait too long.",
    said_easy=EASY,
    also_said="",
    voices=(Voice("Parent carers", EASY[0], dataclasses.replace(RAISED, key="entry/waiting/p")),),
    quotes=(Quotation("Two years.", "Parent carer, winter 2025"),),
    answer=Answer(
        "cant",
        "No.",
        EASY,
        "Head of SEND, Council",
        "",
        "Money",
        "Because.",
        EASY,
        "",
        (),
        "",
        "",
        "",
        DAY,
    ),
    verdict=Verdict("Not known yet.", "We will ask."),
    history=(Step(DAY, "cant", ""),),
    theme_ids=("t1",),
)
DOCUMENT = Document(
    schema=1,
    cover=Cover("You said", "You said", "Plan", "Us", "plan", "/x/v1/", 1, DAY, DAY, "Us", True),
    summary="It changed: “yes”.",
    easy_summary=EASY,
    heard=ANSWERED,
    headlines=(Headline(dataclasses.replace(RAISED, key="headline/most"), "of 20"),),
    groups=(Group("A2", "Early", EASY[0], (ENTRY,)),),
    raised=(Raised("Waiting", (RAISED, HIDDEN), "waiting"),),
    bases=(Base("parent_carer", "Parent carers", Fact("wrote/parent_carer", 20, 21, "20 of 21")),),
    words=(CloudWord("waiting", Fact("word/waiting", 9, 30, "9 people wrote “waiting”")),),
    not_heard="Few.",
    easy_not_heard=EASY,
    method=(Line("Who answered", "40 people", ANSWERED), Line("Limits", "People chose.")),
    note="",
)


def test_a_document_survives_the_way_to_text_and_back() -> None:
    assert from_json(to_json(DOCUMENT)) == DOCUMENT


def test_equal_documents_have_equal_text() -> None:
    again = from_json(to_json(DOCUMENT))
    assert to_json(again) == to_json(DOCUMENT)
    assert canonical.digest(to_json(again)) == canonical.digest(to_json(DOCUMENT))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"schema": "1"}, "Document.schema"),
        ({"surprise": 1}, "surprise"),
        ({"summary": None}, "Document.summary"),
        ({"words": {}}, "Document.words"),
        ({"heard": []}, "Document.heard"),
        ({"schema": True}, "Document.schema"),
    ],
)
def test_text_that_is_not_a_document_is_refused_by_name(
    change: dict[str, object], where: str
) -> None:
    text = json.dumps({**json.loads(to_json(DOCUMENT)), **change})
    with pytest.raises(ShapeError, match=where):
        from_json(text)


def test_a_missing_field_is_refused() -> None:
    raw = json.loads(to_json(DOCUMENT))
    del raw["cover"]["slug"]
    with pytest.raises(ShapeError, match=r"Document\.cover.*slug"):
        from_json(json.dumps(raw))


def test_a_word_or_a_day_that_is_not_one_is_refused() -> None:
    raw = json.loads(to_json(DOCUMENT))
    raw["groups"][0]["entries"][0]["answer"]["status"] = "maybe"
    with pytest.raises(ShapeError, match="maybe"):
        from_json(json.dumps(raw))
    raw = json.loads(to_json(DOCUMENT))
    raw["cover"]["published_on"] = "soon"
    with pytest.raises(ShapeError, match="not a date"):
        from_json(json.dumps(raw))


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(ShapeError, match="not JSON"):
        from_json("{")


def test_the_ledger_holds_every_number_once() -> None:
    keys = [fact.key for fact in ledger(DOCUMENT)]
    assert len(keys) == len(set(keys))
    assert set(keys) == {
        "responses/all",
        "headline/most",
        "entry/waiting/p",
        "theme/t1/parent_carer",
        "theme/t1/professional",
        "wrote/parent_carer",
        "word/waiting",
    }


def test_one_key_cannot_name_two_numbers() -> None:
    other = dataclasses.replace(ANSWERED, value=41)
    with pytest.raises(ValueError, match="responses/all"):
        ledger(dataclasses.replace(DOCUMENT, method=(Line("Who", "41", other),)))


def test_a_number_that_changed_is_marked_and_one_that_did_not_is_not() -> None:
    before = {"responses/all": dataclasses.replace(ANSWERED, value=41), RAISED.key: RAISED}
    after = with_revisions(DOCUMENT, before)
    assert after.heard.shorthand == "[r]"
    assert after.raised[0].facts == (RAISED, HIDDEN)


def test_refusals_are_gathered_for_the_reader() -> None:
    assert DOCUMENT.refusals == (ENTRY,)


def test_every_answer_has_one_of_the_public_statuses() -> None:
    assert set(RESPONSE_TYPES.values()) == set(STATUSES) == set(STATUS_WORDS)


def test_a_document_of_before_a_field_came_still_loads() -> None:
    raw = json.loads(to_json(DOCUMENT))
    entry = raw["groups"][0]["entries"][0]
    for name in ("reopened", "measures", "signatures", "due_on"):
        del entry["answer"][name]
    del entry["verdict"]["given"]
    del entry["bees"]
    assert from_json(json.dumps(raw)) == DOCUMENT
    del entry["title"]
    with pytest.raises(ShapeError, match="title"):
        from_json(json.dumps(raw))
