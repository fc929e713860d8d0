import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.texts import campaigns
from analysis.texts.documents import Document, canonical_order
from analysis.texts.resemblance import alike, jaccard, shingles
from analysis.themes.pipeline import analyse

SHARED = (
    "As a parent I support the Example campaign's five asks. Fund support in every school, publish "
    "waiting times each month, train every teacher, answer letters within ten days and give "
    "families a named person to call."
)
OTHERS = "We the undersigned ask for a swimming pool that every child can use in every single town."
ADDED = (
    "My daughter has waited three years for her assessment and we are worn out.",
    "The taxi never comes on Mondays.",
)


def documents(*texts: str, **facts: str) -> list[Document]:
    made = [Document(f"d{row:03d}", text, **facts) for row, text in enumerate(texts)]  # type: ignore[arg-type]  # facts are words
    return canonical_order(made)


def groups(found: list[Document]) -> tuple[campaigns.CopyGroup, ...]:
    return campaigns.groups(found, [document.text for document in found])


def test_copies_are_one_group_whatever_their_case_and_full_stops() -> None:
    found = groups(documents(SHARED, SHARED.upper(), SHARED.rstrip("."), "More clubs near us."))
    assert [len(group.copies) for group in found] == [3]
    assert all(copy.identical and not copy.additions for copy in found[0].copies)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        (SHARED, ()),
        (SHARED.upper(), ()),
        (f"{SHARED} {ADDED[0]}", (ADDED[0],)),
        (f"Fund support in every school. {ADDED[0]}", None),
        ("Fund support in every school", None),
    ],
    ids=["the same", "in capitals", "with own words", "a piece of it", "too short"],
)
def test_a_later_text_joins_the_group_whose_words_it_holds(
    text: str, own: tuple[str, ...] | None
) -> None:
    (late,) = documents(text)
    found = campaigns.joining([late], [text], {"ours": SHARED, "other": OTHERS})
    if own is None:
        assert found == {}
    else:
        (copy,) = found["ours"]
        assert (copy.document_id, copy.additions) == (late.id, own)


@pytest.mark.parametrize("added", ADDED)
@pytest.mark.parametrize("before", [True, False])
def test_what_somebody_added_is_split_off(added: str, before: bool) -> None:
    text = f"{added} {SHARED}" if before else f"{SHARED} {added}"
    found = groups(documents(*[SHARED] * 5, text))
    (copy,) = [copy for copy in found[0].copies if not copy.identical]
    assert copy.additions == (added,)
    assert campaigns.additions(text, SHARED) == added


def test_a_long_letter_around_shared_words_still_belongs_to_them() -> None:
    letter = " ".join(f"Reason {row} is that we waited." for row in range(60))
    found = groups(documents(*[SHARED] * 5, f"{SHARED} {letter}"))
    assert len(found[0].copies) == 6


def test_a_filled_in_name_is_no_addition() -> None:
    rest = (
        "needs a plan and we have waited for more than two years now to hear anything at all from "
        "the people who promised us a letter"
    )
    texts = [f"My child {name} {rest}" for name in "ABCDE"]
    (group,) = groups(documents(*texts))
    assert len(group.copies) == 5
    assert all(campaigns.additions(text, group.shared) == "" for text in texts)


@pytest.mark.parametrize(
    "texts",
    [
        ["more funding for schools"] * 40,
        ["noise"] * 9,
        [SHARED, SHARED],
        [f"We waited {n} years for help and the school said that it could not do a thing" for n in
         ("two", "three")],
    ],
)  # fmt: skip
def test_short_common_answers_and_pairs_are_no_campaign(texts: list[str]) -> None:
    assert groups(documents(*texts)) == ()


def test_what_is_said_in_one_session_is_no_campaign() -> None:
    assert groups(documents(*[SHARED] * 11, session="youth-council")) == ()


@pytest.mark.parametrize("fact", [{"held": True}, {"off_topic": True}, {"own_words": True}])
def test_what_people_took_out_is_not_grouped_again(fact: dict[str, bool]) -> None:
    texts = [Document(f"d{row}", SHARED, **fact) for row in range(4)]  # type: ignore[arg-type]  # facts are flags
    assert groups(canonical_order(texts)) == ()


def test_different_texts_on_one_subject_are_not_alike() -> None:
    texts = [
        "We waited two years for an assessment and nobody told us what would happen next.",
        "Two years of waiting for the assessment, and then nobody told us what comes next.",
        "Nobody tells us what happens next while we wait for years to be assessed at all.",
    ]
    assert groups(documents(*texts)) == ()


def test_groups_do_not_depend_on_the_order_of_the_answers() -> None:
    texts = [SHARED, f"{SHARED} {ADDED[0]}", SHARED, "Something else", SHARED]
    one = [Document(f"d{row}", text) for row, text in enumerate(texts)]
    assert groups(canonical_order(one)) == groups(canonical_order(one[::-1]))


def test_a_confirmed_campaign_keeps_its_key_when_others_join() -> None:
    members = [Document(f"d{row}", SHARED, campaign="the-key") for row in range(3)]
    later = [Document("late", f"{SHARED} {ADDED[1]}")]
    (group,) = groups(canonical_order([*members, *later]))
    assert (group.key, len(group.copies)) == ("the-key", 4)


@given(st.lists(st.text(alphabet="ab cdé'’.-", max_size=60), max_size=3))  # noqa: RUF001  # as people type
@settings(max_examples=60)
def test_cutting_a_text_loses_no_word(parts: list[str]) -> None:
    text = " ".join(parts)
    shared = campaigns.runs(" ".join(parts[:1]))
    cut = campaigns.marked(text, shared)
    assert "".join("".join(words for words, _ in cut).split()) == "".join(text.split())


def test_minhash_finds_what_comparing_all_pairs_finds() -> None:
    words = [f"word{n}" for n in range(40)]
    texts = [" ".join([*words[:end], f"own{end}"]) for end in range(20, 40)] + ["quite another"]
    prints = shingles(texts)
    near = {
        (a, b)
        for a in range(len(texts))
        for b in range(a)
        if jaccard(prints.of(a), prints.of(b)) >= 0.8
    }
    together = {(a, b) for group in alike(prints) for a in group for b in group if b < a}
    assert near <= together


def test_sixty_submissions_are_read_once_and_additions_by_themselves(tiny: object) -> None:
    added = [f"{SHARED} My own child {row} is still without a school place." for row in range(7)]
    others = [f"The bus to school is late every day, route {row}." for row in range(20)]
    campaign = [Document(f"c{row:02d}", text, campaign="k") for row, text in
                enumerate([SHARED] * 53 + added)]  # fmt: skip
    rest = [Document(f"o{row:02d}", text) for row, text in enumerate(others)]
    result = analyse([*campaign, *rest], embedder=tiny)  # type: ignore[arg-type]  # a stand-in
    assert result.run.counts["duplicate"] == 52
    assert result.run.counts["analysed"] == 1 + 7 + 20
    said = [c.text for c in result.codings if c.document_id[0] == "c" and c.is_primary]
    assert len(said) == 8
    assert sum(text.startswith("My own child") for text in said) == 7


def test_copies_that_nobody_decided_about_stand_once_and_are_proposed(tiny: object) -> None:
    others = [f"The bus to school is late every day, route {row}." for row in range(9)]
    result = analyse(documents(*[SHARED] * 5, *others), embedder=tiny)  # type: ignore[arg-type]  # a stand-in
    assert result.run.counts["duplicate"] == 4
    assert [len(group.copies) for group in result.groups if group.shared == SHARED] == [5]
