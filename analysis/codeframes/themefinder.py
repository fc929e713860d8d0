"""Coded answers as i.AI's ThemeFinder and Consult read them, in a folder for each.

Both number the respondents across all questions, and call the same things by different names.
Consult refuses a record with a field it does not know, so one folder cannot serve both.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.codeframes.codeframe import CodeFrame, names_apart

Record = Mapping[str, object]
FOR_THEMEFINDER, FOR_CONSULT = "themefinder", "consult"
IDS = "theme_ids.json"


@dataclass(frozen=True)
class Answer:
    """One answer: whose, its redacted words and its codes."""

    respondent: str
    text: str
    codes: Sequence[str]


@dataclass(frozen=True)
class Question:
    """A question with its answers."""

    words: str
    answers: Sequence[Answer]


def files(
    questions: Sequence[Question],
    frame: CodeFrame,
    facts: Mapping[str, Mapping[str, str]],
    day: dt.date,
) -> dict[str, str]:
    """Return every file by its path; themes have letters there, and `IDS` says which is which.

    Args:
        questions: numbered from 1 in this order.
        frame: the codes that answers were given.
        facts: what is known of each respondent, such as the audience, by respondent.
        day: names the folder of the results.
    """
    people = {name: number for number, name in enumerate(sorted(facts), start=1)}
    keys = {code.id: _key(place) for place, code in enumerate(frame)}
    made = {IDS: _json([{"theme_key": keys[c.id], "engage_theme_id": c.id} for c in frame])}
    for folder, write in ((FOR_THEMEFINDER, _for_themefinder), (FOR_CONSULT, _for_consult)):
        made[f"{folder}/inputs/respondents.jsonl"] = _lines(
            {_id_of(folder): people[name], "demographic_data": _known(folder, facts[name])}
            for name in people
        )
        for number, question in enumerate(questions, start=1):
            named = f"question_part_{number}"
            told = _told(question, people, keys)
            for path, content in write(number, question.words, told, frame, keys).items():
                where = path.format(part=named, day=day.isoformat())
                made[f"{folder}/{where}"] = content
    return made


def _id_of(folder: str) -> str:
    return "response_id" if folder == FOR_THEMEFINDER else "themefinder_id"


def _known(folder: str, facts: Mapping[str, str]) -> dict[str, object]:
    if folder == FOR_THEMEFINDER:
        return dict(facts)
    return {name: [value] for name, value in facts.items()}


Told = Sequence[tuple[int, str, list[str]]]
INPUTS, RESULTS = "inputs/{part}", "outputs/mapping/{day}/{part}"
SIGN_OFF = "outputs/sign_off/{day}/{part}"


def _told(question: Question, people: Mapping[str, int], keys: Mapping[str, str]) -> Told:
    """Return (number of the respondent, words, letters of the themes), by number."""
    return sorted(
        (people[a.respondent], a.text, sorted((keys[c] for c in a.codes), key=_letters_in_order))
        for a in question.answers
    )


def _for_themefinder(
    number: int, words: str, told: Told, frame: CodeFrame, keys: Mapping[str, str]
) -> dict[str, str]:
    asked = {"question_number": number, "question_text": words}
    themes = [
        {
            "topic_id": key,
            "topic_label": name,
            "topic_description": meaning,
            "topic": f"{name}: {meaning}",
        }
        for key, name, meaning in _themes(frame, keys)
    ]
    return {
        f"{INPUTS}/question.json": _json(asked),
        f"{INPUTS}/responses.jsonl": _lines({"response_id": n, "response": t} for n, t, _ in told),
        f"{RESULTS}/themes.json": _json(themes),
        f"{RESULTS}/mapping.jsonl": _lines({"response_id": n, "labels": k} for n, _, k in told),
    }


def _for_consult(
    number: int, words: str, told: Told, frame: CodeFrame, keys: Mapping[str, str]
) -> dict[str, str]:
    """Return what Consult imports; its file on rich detail must be there, and nobody judged that.

    Its themes are matched by name with those signed off, so these are given for signing off too.
    """
    asked = {"question_number": number, "question_text": words, "has_free_text": True}
    themes = list(_themes(frame, keys))
    nodes = [
        {"topic_id": k, "topic_label": n, "topic_description": m, "source_topic_count": 1}
        for k, n, m in themes
    ]
    chosen = [{"theme_key": k, "theme_name": n, "theme_description": m} for k, n, m in themes]
    return {
        f"{INPUTS}/question.json": _json(asked),
        f"{INPUTS}/responses.jsonl": _lines({"themefinder_id": n, "text": t} for n, t, _ in told),
        f"{SIGN_OFF}/clustered_themes.json": _json({"theme_nodes": nodes}),
        f"{RESULTS}/themes.json": _json(chosen),
        f"{RESULTS}/mapping.jsonl": _lines(
            {"themefinder_id": n, "theme_keys": k} for n, _, k in told
        ),
        f"{RESULTS}/detail_detection.jsonl": "",
    }


def _themes(frame: CodeFrame, keys: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Go through letter, name and meaning of each code; a meaning must not be empty there."""
    names = names_apart(frame)
    for code in frame:
        yield keys[code.id], names[code.id], code.definition or code.name


def _key(place: int) -> str:
    """Return A to Z, then AA, AB and so on, as ThemeFinder names its themes."""
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _letters_in_order(key: str) -> tuple[int, str]:
    return len(key), key


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=4) + "\n"


def _lines(rows: Iterator[Record]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
