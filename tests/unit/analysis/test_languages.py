"""Sentences of families in their languages; none was used to choose the words of the detector."""

import pytest

from analysis.language import languages

SENTENCES = {
    "pl": [
        "Pani w szkole nie rozumie mojego syna.",
        "Potrzebujemy pomocy po polsku, bo listy są trudne.",
        "Córka boi się chodzić do szkoły, jest za głośno.",
        "Nikt nie dzwoni.",
    ],
    "ro": [
        "Copilul meu nu are loc la școala specială.",
        "Nu înțelegem scrisorile pe care le primim.",
        "Așteptăm de doi ani o evaluare și nimeni nu răspunde.",
    ],
    "fr": [
        "Mon fils attend une place depuis deux ans.",
        "Les lettres sont trop difficiles à comprendre.",
        "Personne ne répond au téléphone.",
    ],
    "ur": ["میرے بیٹے کو اسکول میں مدد نہیں ملتی", "ہمیں خط سمجھ نہیں آتے", "کوئی فون نہیں اٹھاتا"],
    "cy": [
        "Mae fy merch angen mwy o help yn yr ysgol.",
        "Does neb yn ateb y ffôn ac mae'r llythyrau yn anodd.",
        "Rydyn ni wedi bod yn aros am ddwy flynedd.",
    ],
    "bn": ["আমার ছেলে স্কুলে সাহায্য পায় না"],
    "ar": ["ابني لا يحصل على المساعدة في المدرسة"],
}


@pytest.mark.parametrize(
    ("language", "sentence"), [(code, said) for code, all_ in SENTENCES.items() for said in all_]
)
def test_a_sentence_is_known_by_its_language(language: str, sentence: str) -> None:
    assert languages.detect(sentence) == language


@pytest.mark.parametrize(
    "text",
    [
        "noise", "bus", "more clubs", "idk", "Łukasz helps me", "Łukasz", "Miss Nowak is kind",
        "Zażółć", "café on Fridays", "no", "Air con", "kind staff", "Amy is my TA", "a lot",
        "My mum speaks Polish (jest dobrze) but we want letters in English as well please",
        "SEND EHCP SENCO CAMHS DSPL", "sen lessens hlep", "Nothing to add", "😀", "", "12/10",
    ],
)  # fmt: skip
def test_english_and_names_stay_english(text: str) -> None:
    assert languages.detect(text) == "en"


@pytest.mark.parametrize(
    "text",
    ["Nie wiem", "nic", "nu știu", "Nimic de adăugat.", "rien", "dim byd", "کچھ نہیں", "brak"],
)
def test_nothing_to_add_is_known_in_other_languages(text: str) -> None:
    from analysis.texts.setaside import says_nothing  # noqa: PLC0415  # beside the languages

    assert says_nothing(text)


@pytest.mark.parametrize("text", ["Nic się nie zmieniło", "Nimeni nu ajută", "rien ne change ici"])
def test_real_answers_in_other_languages_are_not_nothing(text: str) -> None:
    from analysis.texts.setaside import says_nothing  # noqa: PLC0415  # beside the languages

    assert not says_nothing(text)


def test_a_language_has_the_name_people_use() -> None:
    assert languages.name_of("pl") == "Polish"
    assert "xx" in languages.name_of("xx")


@pytest.mark.parametrize(
    "text",
    [
        "Service ends abruptly, two year waiting time, follow up service non-existent",
        "Lovely staff good care not enough tea",
        "Create positive addictions - sports, hobbies, community work - as alternatives.",
    ],
)
def test_common_english_words_need_no_detector(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> None:
        pytest.fail("the detector was asked")

    monkeypatch.setattr(languages, "_surest", asked)
    assert languages.detect(text) == "en"


def test_a_choice_of_languages_leaves_other_choices_as_they_were() -> None:
    before = languages.detect("Kierowca zmienia sie co kilka tygodni i nikt nie uprzedza rodzicow")
    assert languages.detect("Пані в школі не розуміє мого сина") == "uk"
    after = languages.detect("Kierowca zmienia sie co kilka tygodni i nikt nie uprzedza rodzicow")
    assert (before, after) == ("pl", "pl")
