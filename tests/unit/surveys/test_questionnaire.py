"""Documents become questionnaires, and what is wrong with them is said where it is."""

import copy
import dataclasses
import datetime as dt
import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engage import taxonomy
from surveys import document, easyread, pictures
from surveys.questionnaire import DocumentError, build

TINY = Path(__file__).parents[2] / "questionnaires" / "every_kind.yaml"
TODAY = functools.partial(taxonomy.terms, on=dt.date(2026, 11, 21))
Change = Callable[[dict[str, Any]], object]


def tiny() -> dict[str, Any]:
    return document.complete(document.load(TINY), TODAY)


def question(source: dict[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = source["pages"][number]["question"]
    return found


@pytest.mark.parametrize("path", document.shipped().values(), ids=document.shipped())
def test_the_shipped_questionnaires_load_and_every_picture_is_there(path: Path) -> None:
    read = build(document.complete(document.load(path), TODAY))
    names = {line.picture for name in ("start", "end") for line in getattr(read, name).easy}
    for asked in read.questions.values():
        names |= {asked.picture, *(option.picture for option in asked.offered("easy"))}
        names |= {line.picture for line in (*asked.hint.easy, *asked.body.easy)}
    assert pictures.sprite(names).count("<symbol") == len(names)


@pytest.mark.parametrize("path", document.shipped().values(), ids=document.shipped())
def test_the_shipped_easy_read_is_easy(path: Path) -> None:
    read = build(document.complete(document.load(path), TODAY))
    rules = {advice.rule for advice in easyread.review(read)}
    assert rules <= {"double negative", "passive"}


def test_there_is_one_questionnaire_for_each_audience() -> None:
    assert set(document.shipped()) == {"parent-carers", "professionals", "young-people"}


def test_young_people_say_their_age_first_and_read_easy_first() -> None:
    path = document.shipped()["young-people"]
    read = build(document.complete(document.load(path), TODAY))
    assert read.pages[0].question.list_name == "young_person_ages"
    assert read.default_edition == "easy"


def test_a_document_reads_back_from_its_one_spelling() -> None:
    text = document.canonical(tiny())
    read = document.read(text)
    assert read.digest == document.digest(text)
    assert dataclasses.replace(read, digest="") == build(tiny())
    assert read.page_of("TQ7") is read.page("more")
    assert read.page("nowhere") is None
    assert read.text_codes == ("TQ1c", "TQ6", "TQ7", "TQ16", "TQ17", "TQ19")
    assert read.own_words("TQ7", "=1+1") == "=1+1"
    assert read.own_words("TQ19", "=my aunt") == "my aunt"
    assert read.own_words("TQ19", "other") == read.own_words("TQ1", "yes") == ""


def test_a_list_is_filled_in_so_that_the_version_stays_as_it_was() -> None:
    source = document.load(TINY)
    asked = question(source, 1)
    del asked["options"]
    asked["list"] = "districts"
    source["pages"][2].pop("when")
    filled = document.complete(source, TODAY)
    keys = build(filled).questions["TQ1"].keys
    assert keys == {term.code for term in TODAY("districts")}
    assert "options" not in asked


def test_what_rules_out_all_others_comes_last_and_in_no_group() -> None:
    source = document.load(TINY)
    asked = next(page["question"] for page in source["pages"] if page["id"] == "first")
    del asked["options"], asked["limit"]
    asked |= {"list": "professional_roles", "exclusive": "senco"}
    read = build(document.complete(source, TODAY)).questions["TQ2"]
    assert (read.options[-1].key, read.options[-1].group) == ("senco", "")
    assert read.grouped(read.choices((), "easy"), {}, "easy")[-1].choices[-1].value == "senco"


@pytest.mark.parametrize(
    ("name", "code"),
    [("parent-carers", "PC18"), ("professionals", "PR16"), ("young-people", "YP16")],
)
def test_where_people_live_can_be_found_by_postcode_and_is_stored_as_a_district(
    name: str, code: str
) -> None:
    asked = build(document.complete(document.load(document.shipped()[name]), TODAY)).questions[code]
    assert (asked.kind, asked.list_name) == ("area", "districts")
    assert asked.keys == {term.code for term in TODAY("districts")}
    assert asked.parse({"answer": ["E07000243"]}, "easy") == ("E07000243",)


SCHEMA_MISTAKES: list[tuple[Change, str]] = [
    (lambda d: d.pop("title"), "In the document: 'title' is a required property; add it."),
    (lambda d: d.update(colour="red"), "remove or rename it"),
    (lambda d: d.update(audience="cats"), "At audience: 'cats' is not known; use one of"),
    (lambda d: question(d, 1).pop("picture"), 'Page "moved", question'),
    (lambda d: d["pages"][2].update(when={"question": "TQ1"}), 'Page "how-planned", when'),
    (lambda d: d["pages"][2].update(when={"all": []}), "when.all"),
    (lambda d: question(d, 5).update(rows=[]), 'Page "welcome"'),
    (lambda d: d.update(equality="soon"), "At equality"),
    (lambda d: d["pages"].append("no page"), 'Page "23"'),
]


@pytest.mark.parametrize(("change", "said"), SCHEMA_MISTAKES)
def test_the_schema_speaks_plainly(change: Change, said: str) -> None:
    source = document.load(TINY)
    change(source)
    with pytest.raises(DocumentError) as refused:
        document.complete(source, TODAY)
    assert said in str(refused.value)


def test_a_long_list_brings_its_groups() -> None:
    role = build(tiny()).questions["TQ18"]
    assert [group.key for group in role.groups] == [term.code for term in TODAY("sectors")]
    assert {option.key for option in role.options if not option.group} == {"other"}


def test_a_matrix_may_take_the_answers_of_a_scale() -> None:
    read = build(tiny())
    assert read.questions["TQ14"].options == read.questions["TQ3"].options


@pytest.mark.parametrize("path", document.shipped().values(), ids=document.shipped())
def test_every_shipped_questionnaire_asks_who_helped_and_what_comes_after(path: Path) -> None:
    read = build(document.complete(document.load(path), TODAY))
    assert [q.code for q in read.questions.values() if q.list_name == "help_used"]
    assert read.equality == "2026-1"
    assert read.asks_contact
    assert read.audiences == (read.audience,)


def test_one_questionnaire_may_ask_several_audiences() -> None:
    source = document.load(TINY)
    source["audiences"] = ["parent_carer", "vcs"]
    source["pages"][1]["when"] = {"audience": ["vcs"]}
    read = build(document.complete(source, TODAY))
    assert read.audiences == ("parent_carer", "vcs")
    when = read.pages[1].when
    assert when is not None
    assert when.holds({}, "vcs")
    assert not when.holds({}, "parent_carer")


OWN_MISTAKES: list[tuple[Change, str]] = [
    (lambda d: d["pages"][1].update(id="told"), "page id 'told' is used twice"),
    (lambda d: question(d, 1).update(code="TI1"), "question code 'TI1' is used twice"),
    (
        lambda d: d["pages"][2]["when"].update(question="TQ7"),
        "'TQ7', which is not an earlier question",
    ),
    (
        lambda d: d["pages"][2]["when"].update(any_of=["maybe"]),
        "'maybe', which is not an answer of TQ1",
    ),
    (lambda d: question(d, 7).update(feeling=False), "faces may only ask about feelings"),
    (lambda d: question(d, 6).update(limit=2), "'limit' means nothing for a question of kind"),
    (lambda d: question(d, 6).update(unit={}), "'unit' means nothing for a question of kind"),
    (lambda d: d.update(audiences=["vcs"]), "\"audiences\" must name 'parent_carer' too"),
    (
        lambda d: d["pages"][2].update(when={"not": {"audience": ["vcs"]}}),
        "the audience 'vcs'; add it to audiences",
    ),
    (
        lambda d: d["pages"][2].update(
            when={
                "any": [{"question": "TQ1", "any_of": ["yes"]}, {"question": "TX", "any_of": ["a"]}]
            }
        ),
        "'TX', which is not an earlier question",
    ),
    (lambda d: d["start"].update(easy=[]), '"start" needs words in both editions'),
    (
        lambda d: d["end"]["easy"].append({"text": "x", "picture": ""}),
        '"end", easy read line 2: it needs words and a picture',
    ),
]


@pytest.mark.parametrize(("change", "said"), OWN_MISTAKES)
def test_what_a_schema_cannot_see_is_said_with_its_place(change: Change, said: str) -> None:
    source = copy.deepcopy(tiny())
    change(source)
    with pytest.raises(DocumentError) as refused:
        build(source)
    assert any(said in mistake for mistake in refused.value.mistakes)


@pytest.mark.parametrize("text", ["", "- a list", "a: [", "\x00"])
def test_what_is_no_document_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=r"wrong\.yaml"):
        document.load(path)
