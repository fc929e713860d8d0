import itertools

import pytest

from analysis.engine import keyphrases, naming, stance
from analysis.engine.labels import root
from analysis.engine.terms import terms
from analysis.language.stopwords import STOP_WORDS
from analysis.themes.results import Analysis

WAITING = [
    "We have been waiting a long time for a diagnosis.",
    "Waiting three years for an autism diagnosis is too long",
    "I am still waiting for a diagnosis",
]


def test_a_name_is_cut_out_of_what_somebody_wrote() -> None:
    found = naming.candidates(WAITING, ("waiting", "diagnosis", "long time"), {})
    assert found[0].words == "Waiting a long time for a diagnosis"
    written = " ".join(WAITING).lower()
    assert all(name.words.lower() in written for name in found)


def test_a_name_keeps_the_capitals_people_use() -> None:
    found = naming.candidates(
        ["the new ehcp form is far too long"], ("ehcp form",), {"ehcp": "EHCP"}
    )
    assert any("EHCP" in name.words for name in found)


@pytest.mark.parametrize(
    ("torn", "name"),
    [
        ("the website had the unit", "a clear website unit"),
        ("wait of 14 months for a place", "long wait for a place"),
    ],
)
def test_a_name_comes_before_a_piece_of_a_sentence(torn: str, name: str) -> None:
    terms = [word for word in name.split() if word not in STOP_WORDS]
    found = naming.candidates([torn, name], terms, {})
    assert found[0].words.lower() in name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ring says she'd get clubs", "more clubs"),
        ("clubs says im lazy", "more clubs"),
        ("taxi escort changed five times since September", "the taxi escort"),
        ("won at tribunal in March", "cost of a tribunal"),
        ("act on what school can already see", "a calm school"),
        ("XXXX was charming with equipment", "lent equipment"),
    ],
    ids=["a contraction", "one without its mark", "a number", "a month", "cut short", "a mask"],
)
def test_what_befell_one_person_names_no_theme(said: str, name: str) -> None:
    terms = [word for word in name.split() if word not in STOP_WORDS]
    found = naming.candidates([said, name], terms, {})
    assert found[0].words.lower() in name


def test_a_name_that_few_of_a_themes_comments_could_bear_is_not_suggested() -> None:
    central = ["shouts in front of everyone", "the tea urn"]
    others = ["All good", "My sister", "Funding runs out", "Answer the phone"] * 10
    terms = ("front", "tea urn")
    assert naming.candidates(central, terms, {})
    assert naming.candidates(central, terms, {}, central + others) == []


@pytest.mark.parametrize(
    "said", ["no complaints at all", "not enough good help", "it isn't a calm school"]
)
def test_a_name_never_says_the_opposite_of_what_was_said(said: str) -> None:
    names = {name.words for name in naming.candidates([said], said.split(), {})}
    assert names.isdisjoint({"Complaints at all", "Good help", "Enough good help", "Calm school"})


@pytest.mark.parametrize("verb", ["well looked after", "easy to talk to"])
def test_a_verb_keeps_the_little_word_that_belongs_to_it(verb: str) -> None:
    found = naming.candidates([verb], verb.split(), {})
    assert [name.words for name in found if name.words.endswith(verb.split()[-2])] == []
    assert verb.capitalize() in {name.words for name in found}


@pytest.mark.parametrize("clauses", [[], ["noise"], ["it is what it is"]])
def test_where_nothing_fits_no_name_is_made_up(clauses: list[str]) -> None:
    assert naming.candidates(clauses, ("noise",), {}) == []


def test_label_words_hold_no_grammar_and_no_root_twice(analysis: Analysis) -> None:
    for theme in analysis.themes:
        for word in theme.words:
            assert set(word.lower().split()) - STOP_WORDS
        for one, other in itertools.combinations(theme.words, 2):
            assert {root(w) for w in one.lower().split()}.isdisjoint(
                root(w) for w in other.lower().split()
            )


def test_label_words_keep_company_and_tell_themes_apart(
    analysis: Analysis, labelled: list[tuple[str, str]]
) -> None:
    texts = [text for text, _ in labelled]
    uses = {
        term: frozenset(row for row, text in enumerate(texts) if term in terms(text))
        for theme in analysis.themes
        for term in map(str.lower, theme.words[:10])
    }
    coherence = [
        keyphrases.npmi(uses[one], uses[other], len(texts))
        for theme in analysis.themes
        for one, other in itertools.combinations([w.lower() for w in theme.words[:10]], 2)
    ]
    every = [word for theme in analysis.themes for word in theme.words[:10]]
    assert sum(coherence) / len(coherence) >= -0.35
    assert len(set(every)) / len(every) >= 0.85


@pytest.mark.parametrize(
    ("one", "other", "expected"), [({1}, {2}, -1.0), ({1, 2}, {1, 2}, 1.0), ({0, 1}, {1, 2}, 0.0)]
)
def test_npmi_is_what_the_literature_says(one: set[int], other: set[int], expected: float) -> None:
    assert keyphrases.npmi(frozenset(one), frozenset(other), 4) == pytest.approx(expected)


def test_most_themes_get_a_name_from_their_own_words(analysis: Analysis) -> None:
    named = [theme for theme in analysis.themes if theme.suggestions and theme.suggestions.names]
    assert len(named) >= 0.8 * len(analysis.themes)
    for theme in named:
        said = " ".join(c.text for c in analysis.codings if c.theme == theme.number).lower()
        name = theme.suggestions.names[0].value if theme.suggestions else ""
        assert set(name.lower().split()) <= set(said.replace(",", " ").replace(".", " ").split())


def test_every_theme_gets_suggestions_that_are_really_in_it(analysis: Analysis) -> None:
    held = {(c.document_id, c.segment): c.theme for c in analysis.codings}
    for theme in analysis.themes:
        about = theme.suggestions
        assert about is not None
        assert all(0 <= name.score <= 1 for name in about.names)
        assert all(held[example] == theme.number for example in (*about.edge, *about.dissenting))
        members = {c.document_id for c in analysis.codings if c.theme == theme.number}
        assert sum(count for _, count in about.stances) == len(members)
        assert sum(count for _, count in about.audiences) == len(members)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The SENCO was brilliant and so kind to us", "positive"),
        ("My son loves his new school", "positive"),
        ("Moving up to secondary went really well", "positive"),
        ("Nobody told us anything and the plan was late", "negative"),
        ("It is too loud in the hall", "negative"),
        ("The wait was awful", "negative"),
        ("The teachers are lovely but the building is unsafe", "mixed"),
        ("Great staff, terrible communication", "mixed"),
        ("More clubs", "suggestion"),
        ("Train every teaching assistant in autism", "suggestion"),
        ("We need a named person to ring", "suggestion"),
        ("When will the new school open?", "question"),
        ("Who decides about transport?", "question"),
        ("The staff were not helpful", "negative"),
        ("no problems at all, it worked well", "positive"),
        ("My TA", "unclear"),
        ("😀", "positive"),
        ("😡 bus", "negative"),
        ("Short breaks", "unclear"),
        ("The easy read leaflet in the quiet room", "unclear"),
        ("I am the patient here", "unclear"),
        ("Our nurse was patient", "positive"),
        ("Ambition four sounds lovely", "unclear"),
        ("The ones who are not delayed enough", "unclear"),
        ("We can\u2019t fault them", "positive"),
        ("Nothing you could have done better", "positive"),
        ("No, always good care", "positive"),
        ("No help at all for us", "negative"),
        ("I can\u2019t thank the team enough", "positive"),
        ("I can't recommend this school", "unclear"),
        ("I don't think there is anything Ann could do better", "positive"),
        ("We cannot have more support because of waiting lists", "negative"),
        ("Quick to discuss my problem", "unclear"),
        ("Good timekeeping, no long waits", "positive"),
    ],
)
def test_a_comment_speaks_in_one_of_six_ways(text: str, expected: str) -> None:
    assert stance.of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("the bus", "unclear"), ("nothing", "unclear"), ("it just is", "negative")],
)
def test_one_or_two_words_lean_nowhere(text: str, expected: str) -> None:
    assert stance.of(text, lean=-0.2) == expected
