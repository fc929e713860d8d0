# ruff: noqa: RUF001  # an Urdu full stop
"""The multilingual space itself, on sentences nobody tuned it to."""

import pytest

from analysis.embeddings import multilingual
from analysis.texts.documents import Document
from analysis.themes.pipeline import analyse

THEMES = {
    1: ["We waited two years for an assessment.", "The waiting list never moves."],
    2: ["The bus is late every day.", "The taxi does not come in the morning."],
    3: ["The classroom is far too noisy.", "There is too much noise at lunch."],
    4: ["Nobody answers the phone or our letters.", "They never call us back."],
}


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Czekamy na ocenę już ponad dwa lata.", 1),
        ("Taksówka często nie przyjeżdża rano.", 2),
        ("W klasie jest za głośno.", 3),
        ("Nikt nie odbiera telefonu i nie odpowiada na listy.", 4),
        ("Nous attendons une évaluation depuis deux ans.", 1),
        ("Le taxi arrive toujours en retard.", 2),
        ("Il y a trop de bruit dans la classe.", 3),
        ("Personne ne répond à nos lettres.", 4),
        ("الحافلة تتأخر كل يوم", 2),
    ],
)
def test_readable_languages_find_their_theme(text: str, theme: int) -> None:
    (placed,) = multilingual.place([text], THEMES)
    assert placed is not None
    assert placed.theme == theme


@pytest.mark.parametrize(
    "text",
    [
        "ہم دو سال سے تشخیص کا انتظار کر رہے ہیں۔",
        "Rydyn ni wedi bod yn aros am ddwy flynedd.",
        "আমরা দুই বছর ধরে অপেক্ষা করছি",
    ],
)
def test_what_the_space_cannot_read_is_like_no_theme(text: str) -> None:
    assert multilingual.place([text], THEMES) == [None]


def test_other_languages_join_without_touching_the_english_themes(tiny: object) -> None:
    english = [
        Document(f"e{n}", f"The bus to school is late again on route {n}.") for n in range(9)
    ]
    english += [Document(f"w{n}", f"Waiting list for assessment, {n} years.") for n in range(9)]
    foreign = [
        Document("pl", "Autobus szkolny zawsze się spóźnia i nikt nas o tym nie informuje."),
        Document("cy", "Mae angen mwy o gefnogaeth yn yr ysgol ar gyfer fy mab."),
        Document("none", "Nie wiem"),
    ]
    alone = analyse(english, embedder=tiny)  # type: ignore[arg-type]  # a stand-in
    result = analyse([*english, *foreign], embedder=tiny)  # type: ignore[arg-type]  # a stand-in
    by_id = {coding.document_id: coding for coding in result.codings if coding.is_primary}
    assert (by_id["pl"].language, by_id["pl"].needs_review) == ("pl", True)
    assert by_id["pl"].theme == by_id["e0"].theme
    aside = {c.document_id: (c.set_aside, c.language) for c in result.codings if c.set_aside}
    assert aside == {"cy": ("other_language", "cy"), "none": ("nothing_to_add", "en")}
    assert {t.words for t in result.themes} == {t.words for t in alone.themes}
    counts = result.run.counts
    assert counts["documents"] == counts["analysed"] + counts["set_aside"] == 21
